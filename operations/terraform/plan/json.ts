// What Terraform prints, before it is known to be what it should be.

export type Json = Readonly<Record<string, unknown>>;

/** Text that is no plan. Says what was expected, and nothing of what the text holds: that may be a secret. */
export class NotAPlan extends Error {}

const howToMakeOne = "make one with 'terraform show -json PLAN > FILE', where PLAN is of 'terraform plan -out=PLAN'";

const newEnough = "make it with Terraform 1.5 or later, or OpenTofu";

/** The object that a text of a plan is.
 * @throws NotAPlan */
export function planJson(json: string): Json {
  if (json.startsWith("PK")) {
    throw new NotAPlan(`a plan in Terraform's own form, where JSON is what can be read; ${howToMakeOne}`);
  }
  if (/^\s*\{"@level"/.test(json)) {
    throw new NotAPlan(`what 'terraform plan -json' prints, which is a log; ${howToMakeOne}`);
  }
  let value: unknown;
  try {
    // With the mark that some editors and shells put before it.
    value = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch {
    throw new NotAPlan(`no JSON, or cut off after ${json.length} characters; ${howToMakeOne}`);
  }
  const plan = isObject(value) ? value : {};
  const { format_version: version } = plan;
  const known = ["resource_changes", "planned_values", "configuration"].some((key) => key in plan);
  if (typeof version !== "string" || !/^\d{1,9}\.\d{1,9}$/.test(version) || !known) {
    throw new NotAPlan(`this JSON is no plan; ${howToMakeOne}`);
  }
  if (!version.startsWith("1.")) {
    throw new NotAPlan(`a plan of format version ${version}, where 1.x can be read; ${newEnough}`);
  }
  return plan;
}

/** The objects of a list that may be left out. */
export function list(of: Json, key: string): readonly Json[] {
  const value = of[key] ?? [];
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw new NotAPlan(`${key} is no list of objects, as it is in every plan; ${howToMakeOne}`);
  }
  return value;
}

export function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a member says; undefined if it says nothing. */
export function text(value: unknown): string | undefined {
  return value === undefined || value === null || typeof value === "string"
    ? (value ?? undefined)
    : JSON.stringify(value);
}
