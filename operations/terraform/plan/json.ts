import { terraformProgram } from "../../../platform/terraform";
import { CommandError } from "../../command/failure";
import { parseExactJson } from "./embedded";
import { isObject, type Json, objectOf } from "./value";

// Reads what Terraform prints, before it is known to be what it should be.

/** An error that says why a text is no plan, in words that hold nothing of the text: that may be a secret. */
export class NotAPlan extends CommandError {}

const program = terraformProgram(process.env);

/** The way to a plan that can be read. */
export const howToMakeOne = { next: `${program} plan -out=PLAN && ${program} show -json PLAN > FILE` };

/**
 * Returns the JSON object of a plan.
 * @throws NotAPlan if the text is anything else
 */
export function parsePlanJson(json: string): Json {
  if (json.startsWith("PK")) {
    throw new NotAPlan("a plan in Terraform's own form, where JSON is what can be read", howToMakeOne);
  }
  if (/^\s*\{"@level"/.test(json)) {
    throw new NotAPlan("what 'terraform plan -json' prints, which is a log", howToMakeOne);
  }
  let value: unknown;
  try {
    // Some editors and shells put a byte order mark before the text.
    value = parseExactJson(json.replace(/^\ufeff/, ""));
  } catch {
    throw whyNoJson(json);
  }
  const plan = objectOf(value);
  const { format_version: version } = plan;
  const known = ["resource_changes", "planned_values", "configuration"].some((key) => key in plan);
  if (typeof version !== "string" || !/^\d{1,9}\.\d{1,9}$/.test(version) || !known) {
    throw new NotAPlan("this JSON is no plan", howToMakeOne);
  }
  if (!version.startsWith("1.")) {
    throw new NotAPlan(`a plan of format version ${version}, where 1.x can be read`, {
      next: "make it with Terraform 1.5 or later, or OpenTofu",
    });
  }
  return plan;
}

/** Says why a text is no JSON, as far as it can be told. */
function whyNoJson(text: string): NotAPlan {
  if (text.slice(0, 8).includes("\0")) {
    return new NotAPlan("text in UTF-16, where plans are UTF-8", {
      next: `write it as UTF-8, in PowerShell with: ${program} show -json PLAN | Out-File -Encoding utf8 FILE`,
    });
  }
  const beginnings = text.match(/^\s*\{\s*"format_version"|\}\s*\{\s*"format_version"/gm) ?? [];
  if (beginnings.length > 1) {
    return new NotAPlan(`${beginnings.length} plans in one text`, {
      next: "put each into a file of its own, and name all of them after --plan",
    });
  }
  if (beginnings.length === 1 && !/^\s*\{/.test(text)) {
    return new NotAPlan("a plan with other lines before it, as a wrapper prints them", {
      next: `keep them out, with the wrapper's own option or by: ${program} show -json PLAN > FILE`,
    });
  }
  return new NotAPlan(`no JSON, or cut off after ${text.length} characters`, howToMakeOne);
}

/** Returns the list of objects under a key; an absent one is empty. */
export function objectList(of: Json, key: string): readonly Json[] {
  const value = of[key] ?? [];
  if (!Array.isArray(value) || !value.every((item) => isObject(item))) {
    throw new NotAPlan(`${key} is no list of objects, as it is in every plan`, howToMakeOne);
  }
  return value;
}

/** Returns a string as it is and other values as JSON; undefined for null and for what is absent. */
export function optionalText(value: unknown): string | undefined {
  return value === undefined || value === null || typeof value === "string"
    ? (value ?? undefined)
    : JSON.stringify(value);
}
