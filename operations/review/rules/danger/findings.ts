import type { ResourceChange } from "../../../terraform/plan/plan";
import { member, membersOf, objectOf, same, type Value, type ValueObject } from "../../../terraform/plan/value";
import { inOneForm } from "../../diff/readings";
import { pathWords } from "../../diff/terraform-words";
import { yamlScalar } from "../../diff/yaml";
import type { Finding } from "../../report/report";
import { byType } from "../by-type";
import { dangerRules } from "./all-rules";
import { type DangerRule, isEverSet, isKnown, ruleSentence } from "./rule";

const rulesOfType = byType(dangerRules);

/** Returns what the rules find in one change. */
export function dangersOf(stack: string, change: ResourceChange): Finding[] {
  // A deposed object has a successor, which is judged instead.
  if (change.mode === "data" || change.deposed !== undefined) {
    return [];
  }
  const [before, after] = [objectOf(change.before), objectOf(change.after)];
  return rulesOfType(change.type)
    .filter(
      ({ actions, when = () => true, where = () => true, successorFirst = change.createBeforeDestroy }) =>
        actions.includes(change.action) &&
        successorFirst === change.createBeforeDestroy &&
        when(change) &&
        where(objectOf(change.before ?? change.after)),
    )
    .flatMap((rule) => {
      const evidence = evidenceFor(rule, change.type, before, after);
      return evidence === undefined ? [] : [{ rule, evidence }];
    })
    .map(({ rule, evidence }) => ({
      stack,
      rule: rule.id,
      severity: rule.severity,
      address: change.address,
      action: change.action,
      what: ruleSentence(rule, change),
      workloads: rule.workloads,
      ...(evidence.length === 0 ? {} : { evidence }),
      forcedBy: change.replacePaths.map(pathWords),
    }));
}

/** Returns what changed so that a rule finds something, as `path: old → new` where both are short; undefined if it finds nothing. */
function evidenceFor(
  { attributes, matters = isEverSet }: DangerRule,
  type: string,
  before: ValueObject,
  after: ValueObject,
): string[] | undefined {
  if (attributes === undefined) {
    return [];
  }
  // Most resources have few of the attributes that rules on any type look at.
  const paths = attributes.filter((path) => {
    const [, only, first = ""] = attributeForm.exec(path) ?? [];
    return (only === undefined || only === type) && (Object.hasOwn(before, first) || Object.hasOwn(after, first));
  });
  const found = paths.flatMap((written) => {
    const path = written.replace(/^.*\//, "");
    return valuePairs(before, after, path.split("."))
      .filter(([was, is]) => differ(path, was, is) && matters(was, is))
      .map(([was, is]) => `${path.replace(/^values\./, "")}: ${shortText(was)} → ${shortText(is)}`);
  });
  // What is declared, and values merged, are made here: changes show what they were made of.
  return found.length === 0
    ? undefined
    : found.filter((text) => !text.includes(longValue) && !/^(?:declared|values):/.test(text));
}

/** The type that an attribute is one of, if it says so, and its first step. */
const attributeForm = /^(?:(\w+)\/)?([^.]*)/;

/** To Helm, the order of a list makes another template; elsewhere a rule looks at no list in which it means anything. */
function differ(path: string, before: Value, after: Value): boolean {
  return path.startsWith("values")
    ? !same(before, after)
    : !same(before, after) && !same(inOneForm(before), inOneForm(after));
}

/** Characters of a value that is shown as evidence. */
const longest = 100;
const longValue = "\0";

function shortText(value: Value): string {
  const text = value === null ? "none" : yamlScalar(value);
  return text.length > longest ? longValue : text;
}

/** Returns the values at a path on both sides: several where it says `*`, none within what is hidden or not known yet. */
function valuePairs(
  before: Value,
  after: Value,
  [step, ...rest]: readonly string[],
): readonly (readonly [Value, Value])[] {
  if (step === undefined) {
    return [[before, after]];
  }
  if (!isKnown(before) || !isKnown(after)) {
    return [];
  }
  const keys = step === "*" ? Object.keys(membersOf(after)) : [step];
  return keys.flatMap((key) => valuePairs(member(before, key), member(after, key), rest));
}
