import { dnsSuffixOf, type Partition, partitionOf } from "../../schema/region";
import type { Question } from "./decision";
import { account } from "./documents";

/** A call, or a part of one that IAM decides by itself, and what must come of it. */
export interface Call {
  /** What is done, and why. */
  readonly what: string;
  /** Where it stands in the sources of whoever calls, or who says that AWS asks this. */
  readonly source: string;
  /** Whose policies decide: a key of `documents`. */
  readonly holder: string;
  readonly questions: readonly Question[];
  readonly outcome: "allowed" | "refused";
}

/** Whoever holds the policies is named for many calls at a time. */
export type HolderlessCall = Omit<Call, "holder">;

export function ask(action: string, resource: string, context: Question["context"] = {}): Question {
  return { action, resource, context };
}

/** Returns a call that must be allowed. */
export function allowed(what: string, source: string, ...questions: readonly Question[]): HolderlessCall {
  return { what, source, questions, outcome: "allowed" };
}

/** Returns a call that nobody makes, and that must be refused. */
export function refused(what: string, ...questions: readonly Question[]): HolderlessCall {
  return { what, source: "no call", questions, outcome: "refused" };
}

/** Where a cluster is, and how ARNs are written there. */
export interface Place {
  readonly cluster: string;
  readonly region: string;
  readonly partition: Partition;
  /** End of the names of services: `amazonaws.com`. */
  readonly suffix: string;
  arn(service: string, resource: string, options?: { region?: string; account?: string }): string;
}

export function placeIn(cluster: string, region: string): Place {
  const partition = partitionOf(region);
  return {
    cluster,
    region,
    partition,
    suffix: dnsSuffixOf(partition),
    arn: (service, resource, options = {}) =>
      `arn:${partition}:${service}:${options.region ?? region}:${options.account ?? account}:${resource}`,
  };
}

export type Tags = Readonly<Record<string, string>>;

/** Returns the context of a request that sets tags. */
export function requestTags(tags: Tags): Question["context"] {
  return { ...prefixed("aws:RequestTag", tags), "aws:TagKeys": Object.keys(tags) };
}

/** Returns the context of a request about something that has tags. */
export function resourceTags(tags: Tags): Question["context"] {
  return prefixed("aws:ResourceTag", tags);
}

function prefixed(prefix: string, tags: Tags): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));
}
