import type { Invocation, OutputChange, ResourceChange } from "../../terraform/plan/plan";
import { isNullOrEmpty, member, objectOf, type Sides, same, Unknown } from "../../terraform/plan/value";
import type { Change, ReportedAttribute } from "../report/report";
import { diffSides, folded } from "./diff";
import { noiseReason, pruned, sorted } from "./noise";
import { attributeInReading } from "./readings";
import { pathWords, reasonWords } from "./terraform-words";
import { yamlScalar } from "./yaml";

/** A change as people read it, apart from what of it is noise. */
export interface ReadableChange {
  readonly change: Change;
  /** Attributes whose change changes nothing, and why it does not. */
  readonly noise: readonly { readonly path: string; readonly why: string }[];
  /** Whether the whole change is an update that changes nothing. */
  readonly allNoise: boolean;
}

/** Returns the change of a resource as people read it. */
export function readableChange(resource: ResourceChange): ReadableChange {
  const { address, previousAddress, action, createBeforeDestroy, deposed, importing } = resource;
  const attributes = changedAttributes(resource);
  const noise = attributes.flatMap(({ name, noise: why }) => (why === undefined ? [] : [{ path: name, why }]));
  const real = attributes.filter(({ noise: why }) => why === undefined);
  const unknown = real.filter(({ after }) => after instanceof Unknown).map(({ name }) => name);
  const known = real.filter(({ after }) => !(after instanceof Unknown));
  const summary = action === "update" ? tagsSummary(known) : undefined;
  const isStill = importing === undefined && previousAddress === undefined && resource.unmarked.length === 0;
  const allNoise = action === "update" && real.length === 0 && isStill;
  const reason = reasonWords(resource.reason);
  const notes = changeNotes(resource);
  return {
    change: {
      address,
      action,
      createBeforeDestroy: createBeforeDestroy && action === "replace",
      forcedBy: resource.replacePaths.map(pathWords),
      unknown,
      parts: summary === undefined ? reportedAttributes(resource.type, known) : [],
      ...(previousAddress === undefined ? {} : { previousAddress }),
      ...(deposed === undefined ? {} : { deposed }),
      ...(reason === undefined ? {} : { reason }),
      ...(importing === undefined ? {} : { importing }),
      ...(summary === undefined ? {} : { summary }),
      ...(notes.length === 0 ? {} : { notes }),
    },
    noise,
    allNoise,
  };
}

/** Returns what else there is to know of a change, in sentences. */
function changeNotes({ forgetsPredecessor, deferredBecause, unmarked }: ResourceChange): string[] {
  return [
    ...(deferredBecause === undefined ? [] : [`put off to a later plan: ${reasonWords(deferredBecause)}`]),
    ...(forgetsPredecessor ? ["the object before it leaves the state and stays where it is"] : []),
    ...unmarked.map((name) => `not sensitive any more: ${name}`),
  ];
}

/** Returns what a provider is asked to do, as the change of a resource that has no state. */
export function invocationChange({
  address,
  type,
  trigger,
  deferredBecause,
  configuration,
}: Invocation): ResourceChange {
  return {
    ...{ ...ofNoResource, address, type, deferredBecause, name: address.split(".").at(-1) ?? "", after: configuration },
    action: "invoke",
    mode: "managed",
    reason: trigger === undefined ? "the command line asks for it" : `set off ${trigger}`,
  };
}

/** Returns an output as rules on any type judge it. */
export function judgedOutput({ name, action, isUnmarked }: OutputChange): ResourceChange {
  const address = `output.${name}`;
  return {
    ...ofNoResource,
    address,
    name,
    action,
    type: "output",
    mode: "output",
    unmarked: isUnmarked ? ["value"] : [],
  };
}

/** What changes that are about no resource have in common. */
const ofNoResource = {
  ...{ before: null, after: null, module: "", createBeforeDestroy: false, forgetsPredecessor: false },
  ...{ previousAddress: undefined, deposed: undefined, importing: undefined, deferredBecause: undefined },
  ...{ reason: undefined, replacePaths: [], unmarked: [] },
} as const;

/** Returns the change of an output as people read it. */
export function reportedOutput({ name, before, after }: OutputChange): ReportedAttribute {
  const [was, is] = [before, after].map((side) => (side === null ? null : { [name]: side }));
  return { path: name, title: name, reading: "value", lines: folded(diffSides(was ?? null, is ?? null)) };
}

/** A member that differs. */
interface ChangedMember extends Sides {
  readonly name: string;
}

/** An attribute that differs. */
interface ChangedAttribute extends ChangedMember {
  /** The attribute in a reading of its own; undefined if people read its value. */
  readonly inReading: ReportedAttribute | undefined;
  /** Why the change changes nothing; undefined if it does. */
  readonly noise: string | undefined;
}

function changedAttributes({ type, before, after }: ResourceChange): ChangedAttribute[] {
  const oneSided = before === null || after === null;
  const resource = { ...objectOf(before), ...objectOf(after) };
  const tags = { before: member(before, "tags"), after: member(after, "tags") };
  const changed = changedMembers({ before, after });
  const twice = tagsToldTwice(changed, tags);
  return changed
    .filter(({ name }) => name !== twice)
    .map(({ name, ...sides }) => ({
      name,
      before: pruned(sides.before, oneSided),
      after: pruned(sides.after, oneSided),
    }))
    .filter(({ before: was, after: is }) => !same(was, is) && !(oneSided && isNullOrEmpty(was) && isNullOrEmpty(is)))
    .map((changed) => {
      const inReading = attributeInReading(type, changed.name, resource, changed);
      const noise = inReading === undefined ? noiseReason(type, changed.name, changed) : readingNoiseReason(inReading);
      return { ...changed, inReading, noise: oneSided ? undefined : noise };
    });
}

function readingNoiseReason({ lines }: ReportedAttribute): string | undefined {
  return lines.every(({ sign }) => sign === " ") ? "the same content, written differently" : undefined;
}

/** Returns which of `tags` and `tags_all`, which holds the provider's default tags too, says nothing beside the other; undefined if one changes alone. */
function tagsToldTwice(changed: readonly ChangedMember[], tags: Sides): string | undefined {
  const [own, all] = ["tags", "tags_all"].map((name) => changed.find((one) => one.name === name));
  if (all === undefined || (own === undefined && !isFromTags(all, tags))) {
    return undefined;
  }
  const isOne = all.before !== null && all.after !== null && !(all.after instanceof Unknown);
  return isOne && !isFromTags(all, tags) ? "tags" : "tags_all";
}

/** Returns whether a change of `tags_all` is the change of `tags` and no other. */
function isFromTags(tagsAll: Sides, tags: Sides): boolean {
  const own = changedMembers(tags).map(({ name }) => name);
  return !(tagsAll.after instanceof Unknown) && changedMembers(tagsAll).every(({ name }) => own.includes(name));
}

/** Returns the members of two objects that differ; null on the side that lacks one. */
function changedMembers({ before, after }: Sides): ChangedMember[] {
  const names = new Set([...Object.keys(objectOf(before)), ...Object.keys(objectOf(after))]);
  return [...names]
    .map((name) => ({ name, before: member(before, name), after: member(after, name) }))
    .filter((changed) => !same(changed.before, changed.after));
}

/** Returns one for all attributes that are read as values, and after it one for each that has a reading of its own. */
function reportedAttributes(type: string, known: readonly ChangedAttribute[]): ReportedAttribute[] {
  const read = known.flatMap(({ inReading }) =>
    inReading === undefined ? [] : [{ ...inReading, lines: folded(inReading.lines) }],
  );
  const values = known.filter(({ inReading }) => inReading === undefined);
  const sideOf = (which: keyof Sides) => {
    const members = values.filter((value) => value[which] !== null);
    return members.length === 0
      ? null
      : Object.fromEntries(members.map((value) => [value.name, sorted(type, value[which], value.name)]));
  };
  return values.length === 0
    ? read
    : [{ path: "", title: "", reading: "value", lines: folded(diffSides(sideOf("before"), sideOf("after"))) }, ...read];
}

/** Returns the whole change in a line, if nothing but tags changes. */
function tagsSummary(known: readonly ChangedAttribute[]): string | undefined {
  // `tags_all` holds `tags` and the provider's default tags.
  const tags = known.find(({ name }) => name === "tags_all") ?? known[0];
  if (tags === undefined || !known.every(({ name }) => name === "tags" || name === "tags_all")) {
    return undefined;
  }
  const changes = changedMembers(tags).map(({ name, before, after }) =>
    after === null
      ? `without ${yamlScalar(name)}`
      : `${yamlScalar(name)}: ${before === null ? "" : `${yamlScalar(before)} → `}${yamlScalar(after)}`,
  );
  return changes.length === 0 ? undefined : `tags: ${changes.join("; ")}`;
}
