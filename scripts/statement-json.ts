import { anyValue } from "../operations/teardown/cluster-tags";

/** A statement as IAM takes it in JSON. */
export interface StatementJson {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  /** @default - none */
  readonly Condition?: Conditions;
}

/** Operator, then key, then value. */
type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Returns conditions that hold for a resource with all of these tags. `Null` is false for a tag that is there. */
export function conditionsOf(tags: Readonly<Record<string, string | typeof anyValue>>): Conditions {
  const valued: Record<string, string> = {};
  const present: Record<string, string> = {};
  for (const [key, value] of Object.entries(tags)) {
    if (value === anyValue) {
      present[`aws:ResourceTag/${key}`] = "false";
    } else {
      valued[`aws:ResourceTag/${key}`] = value;
    }
  }
  return Object.keys(present).length > 0 ? { StringEquals: valued, Null: present } : { StringEquals: valued };
}
