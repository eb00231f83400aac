import type { OutputChange, ResourceChange } from "../../terraform/plan/plan";
import { member, objectOf, same, Unknown, type Value } from "../../terraform/plan/value";
import type { Change, Part } from "../report/report";
import { diffSides, folded } from "./diff";
import { isNothing, pruned, sameInEffect, sorted } from "./noise";
import { readPart } from "./readings";
import { pathWords, reasonWords } from "./words";
import { scalar } from "./yaml";

/** A change as people read it, and what of it says nothing. */
export interface ReadableChange {
  readonly change: Change;
  /** Attributes whose change changes nothing, with why. */
  readonly noise: readonly { readonly path: string; readonly why: string }[];
  /** Whether all of an update is such. */
  readonly allNoise: boolean;
}

/** What happens to a resource, as people read it. */
export function readableChange(resource: ResourceChange): ReadableChange {
  const { address, previousAddress, action, createBeforeDestroy, deposed, importing } = resource;
  const attributes = differences(resource);
  const noise = attributes.flatMap(({ name, noise: why }) => (why === undefined ? [] : [{ path: name, why }]));
  const real = attributes.filter(({ noise: why }) => why === undefined);
  const unknown = real.filter(({ after }) => after instanceof Unknown).map(({ name }) => name);
  const known = real.filter(({ after }) => !(after instanceof Unknown));
  const summary = action === "update" ? tagsAlone(known) : undefined;
  const allNoise = action === "update" && real.length === 0 && importing === undefined && previousAddress === undefined;
  const reason = reasonWords(resource.reason);
  return {
    change: {
      address,
      action,
      createBeforeDestroy: createBeforeDestroy && action === "replace",
      forcedBy: resource.replacePaths.map(pathWords),
      unknown,
      parts: summary === undefined ? parts(resource.type, known) : [],
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

/** What happens to an output. */
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
  /** As it is read, if that is not as its value. */
  readonly part: Part | undefined;
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
    .filter(({ before: was, after: is }) => !same(was, is) && !(oneSided && isNothing(was) && isNothing(is)))
    .filter(
      ({ name, ...tags }) =>
        name !== "tags_all" || !follows(tags, member(objectOf(before), "tags"), member(objectOf(after), "tags")),
    )
    .map((difference) => {
      const part = readPart(type, difference.name, resource, difference.before, difference.after);
      const noise = part === undefined ? sameInEffect(type, difference) : sameAsRead(part);
      return { ...difference, part, noise: oneSided ? undefined : noise };
    });
}

function sameAsRead(part: Part): string | undefined {
  return part.lines.every(({ sign }) => sign === " ") ? "the same content, written differently" : undefined;
}

/** Whether a change of `tags_all` is the change of `tags` and no other. */
function follows({ before, after }: Sides, tagsBefore: Value, tagsAfter: Value): boolean {
  const own = changedMembers(tagsBefore, tagsAfter).map(({ name }) => name);
  return !(after instanceof Unknown) && changedMembers(before, after).every(({ name }) => own.includes(name));
}

/** Members that differ; null where there is none. */
function changedMembers(before: Value, after: Value): (Sides & { readonly name: string })[] {
  const [was, is] = [objectOf(before), objectOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => !same(member(was, name), member(is, name)))
    .map((name) => ({ name, before: member(was, name), after: member(is, name) }));
}

/** Attributes with a reading of their own after all others, which are read together. */
function parts(type: string, known: readonly Difference[]): Part[] {
  const read = known.flatMap(({ part }) => (part === undefined ? [] : [{ ...part, lines: folded(part.lines) }]));
  const values = known.filter(({ part }) => part === undefined);
  const side = (which: keyof Sides) => {
    const members = values.filter((value) => value[which] !== null);
    return members.length === 0
      ? null
      : Object.fromEntries(members.map((value) => [value.name, sorted(type, value[which], value.name)]));
  };
  return values.length === 0
    ? read
    : [{ path: "", title: "", reading: "value", lines: folded(diffSides(side("before"), side("after"))) }, ...read];
}

/** The whole change in a line, if nothing but tags changes. */
function tagsAlone(known: readonly Difference[]): string | undefined {
  // That with the provider's default ones has all.
  const tags = known.find(({ name }) => name === "tags_all") ?? known[0];
  if (tags === undefined || !known.every(({ name }) => name === "tags" || name === "tags_all")) {
    return undefined;
  }
  const words = changedMembers(tags.before, tags.after).map(({ name, before, after }) =>
    after === null
      ? `without ${scalar(name)}`
      : `${scalar(name)}: ${before === null ? "" : `${scalar(before)} → `}${scalar(after)}`,
  );
  return words.length === 0 ? undefined : `tags: ${words.join("; ")}`;
}
