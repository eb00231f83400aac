import type { OutputChange, ResourceChange } from "../../terraform/plan/plan";
import { member, objectOf, same, Unknown, type Value } from "../../terraform/plan/value";
import type { Change, Part } from "../report/report";
import { diffSides, folded } from "./diff";
import { isNullOrEmpty, noiseReason, pruned, sorted } from "./noise";
import { readPart } from "./readings";
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
  const attributes = differences(resource);
  const noise = attributes.flatMap(({ name, noise: why }) => (why === undefined ? [] : [{ path: name, why }]));
  const real = attributes.filter(({ noise: why }) => why === undefined);
  const unknown = real.filter(({ after }) => after instanceof Unknown).map(({ name }) => name);
  const known = real.filter(({ after }) => !(after instanceof Unknown));
  const summary = action === "update" ? tagsSummary(known) : undefined;
  const allNoise = action === "update" && real.length === 0 && importing === undefined && previousAddress === undefined;
  const reason = reasonWords(resource.reason);
  return {
    change: {
      address,
      action,
      createBeforeDestroy: createBeforeDestroy && action === "replace",
      forcedBy: resource.replacePaths.map(pathWords),
      unknown,
      parts: summary === undefined ? changedParts(resource.type, known) : [],
      ...(previousAddress === undefined ? {} : { previousAddress }),
      ...(deposed === undefined ? {} : { deposed }),
      ...(reason === undefined ? {} : { reason }),
      ...(importing === undefined ? {} : { importing }),
      ...(summary === undefined ? {} : { summary }),
    },
    noise,
    allNoise,
  };
}

/** Returns the change of an output as people read it. */
export function outputPart({ name, before, after }: OutputChange): Part {
  const [was, is] = [before, after].map((side) => (side === null ? null : { [name]: side }));
  return { path: name, title: name, reading: "value", lines: folded(diffSides(was ?? null, is ?? null)) };
}

interface Sides {
  readonly before: Value;
  readonly after: Value;
}

interface Difference extends Sides {
  readonly name: string;
  /** The attribute in a reading of its own; undefined if people read its value. */
  readonly part: Part | undefined;
  /** Why the change changes nothing; undefined if it does. */
  readonly noise: string | undefined;
}

function differences({ type, before, after }: ResourceChange): Difference[] {
  const oneSided = before === null || after === null;
  const resource = { ...objectOf(before), ...objectOf(after) };
  return changedMembers(before, after)
    .map(({ name, ...sides }) => ({
      name,
      before: pruned(sides.before, oneSided),
      after: pruned(sides.after, oneSided),
    }))
    .filter(({ before: was, after: is }) => !same(was, is) && !(oneSided && isNullOrEmpty(was) && isNullOrEmpty(is)))
    .filter(
      ({ name, ...tags }) =>
        name !== "tags_all" || !isFromTags(tags, member(objectOf(before), "tags"), member(objectOf(after), "tags")),
    )
    .map((difference) => {
      const part = readPart(type, difference.name, resource, difference.before, difference.after);
      const noise = part === undefined ? noiseReason(type, difference) : readingNoiseReason(part);
      return { ...difference, part, noise: oneSided ? undefined : noise };
    });
}

function readingNoiseReason(part: Part): string | undefined {
  return part.lines.every(({ sign }) => sign === " ") ? "the same content, written differently" : undefined;
}

/** Whether a change of `tags_all` is the change of `tags` and no other. */
function isFromTags({ before, after }: Sides, tagsBefore: Value, tagsAfter: Value): boolean {
  const own = changedMembers(tagsBefore, tagsAfter).map(({ name }) => name);
  return !(after instanceof Unknown) && changedMembers(before, after).every(({ name }) => own.includes(name));
}

/** Returns the members that differ; null on the side that lacks one. */
function changedMembers(before: Value, after: Value): (Sides & { readonly name: string })[] {
  const [was, is] = [objectOf(before), objectOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => !same(member(was, name), member(is, name)))
    .map((name) => ({ name, before: member(was, name), after: member(is, name) }));
}

/** Returns one part for all attributes that are read as values, and after it one for each that has a reading of its own. */
function changedParts(type: string, known: readonly Difference[]): Part[] {
  const read = known.flatMap(({ part }) => (part === undefined ? [] : [{ ...part, lines: folded(part.lines) }]));
  const values = known.filter(({ part }) => part === undefined);
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
function tagsSummary(known: readonly Difference[]): string | undefined {
  // `tags_all` holds `tags` and the provider's default tags.
  const tags = known.find(({ name }) => name === "tags_all") ?? known[0];
  if (tags === undefined || !known.every(({ name }) => name === "tags" || name === "tags_all")) {
    return undefined;
  }
  const changes = changedMembers(tags.before, tags.after).map(({ name, before, after }) =>
    after === null
      ? `without ${yamlScalar(name)}`
      : `${yamlScalar(name)}: ${before === null ? "" : `${yamlScalar(before)} → `}${yamlScalar(after)}`,
  );
  return changes.length === 0 ? undefined : `tags: ${changes.join("; ")}`;
}
