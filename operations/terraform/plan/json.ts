import { terraformProgram } from "../../../platform/terraform";
import { CommandError } from "../../command/failure";
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
    value = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch {
    throw new NotAPlan(`no JSON, or cut off after ${json.length} characters`, howToMakeOne);
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
