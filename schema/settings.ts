import { inspect } from "node:util";
import * as z from "zod";

import { releaseNamed } from "../releases/all";
import { accountOf } from "./account";
import { accessWarnings } from "./agreements/access";
import { disagreements } from "./agreements/all";
import { inexistent } from "./agreements/existence";
import { sharedRoles } from "./agreements/iam";
import type { Mistake } from "./agreements/mistake";
import { networkDisagreements } from "./agreements/network";
import { organizationRivalries, organizationWarnings } from "./agreements/organizations";
import { podAddressWarnings } from "./agreements/pod-addresses";
import { podRivalries, sharedPodAddresses } from "./agreements/pod-rivalries";
import { rivalries, sharedAddresses } from "./agreements/rivalries";
import { type Cluster, type ClusterSettings, cluster, withNetwork } from "./cluster";
import { podAddressCapacity } from "./instance-types";
import { unfitData } from "./plain-data";
import { soundMembers, soundSettings } from "./sound-members";

export type { Cluster, ClusterSettings } from "./cluster";

/** Settings that can be built, with every default filled in; or, if anything is wrong with them, all that is. */
export interface CheckedSettings {
  /** Empty if there are problems. */
  readonly clusters: readonly Cluster[];
  /** One line for each mistake: path, what was got, what is allowed, the way out. */
  readonly problems: readonly string[];
  /** One line for each thing that is allowed, and should be somebody's decision. */
  readonly warnings: readonly string[];
}

/** Checks the list of clusters of the module `settings.ts`. Whoever named its export would get the bundler's warning where it has none. */
export function checkSettingsFile(file: {
  readonly clusters: readonly ClusterSettings[] | undefined;
}): CheckedSettings {
  return checkSettings(file.clusters);
}

/** Checks a list of clusters. */
export function checkSettings(settings: readonly ClusterSettings[] | undefined): CheckedSettings {
  if (!Array.isArray(settings)) {
    const message = "must be a list of clusters: export const clusters: ClusterSettings[] = [{ … }]";
    return {
      clusters: [],
      problems: [sentence({ clusters: settings }, { path: ["clusters"], message })],
      warnings: [],
    };
  }
  // Holes, over which iterations skip, become what they are read as.
  const given: readonly ClusterSettings[] = [...settings];
  const parsed = given.map((one) => cluster.safeParse(one));
  const sound = given.map(soundMembers);
  const said = [
    ...parsed.flatMap(({ error }, index) => within(index, (error?.issues ?? []).flatMap(mistakesOf))),
    ...sound.flatMap((one, index) =>
      within(index, [
        ...networkDisagreements(given[index]),
        ...inexistent(one, given[index]),
        ...disagreements(soundSettings(given[index], one)),
      ]),
    ),
    ...rivalries(sound),
    ...podRivalries(sound),
    ...sharedRoles(sound),
    ...organizationRivalries(sound),
  ];
  const none = given.length === 0 ? [{ path: ["clusters"], message: "must name one cluster at least" }] : [];
  const mistakes = [...said, ...none, ...notYetSaid(unfitData(given, ["clusters"]), said)];

  const clusters =
    mistakes.length === 0 ? parsed.flatMap(({ data }) => (data === undefined ? [] : withNetwork(data))) : [];
  return {
    clusters,
    problems: mistakes.map((mistake) => sentence({ clusters: given }, mistake)),
    warnings: [
      ...clusters.flatMap(warningsOf),
      ...sharedAddresses(clusters),
      ...sharedPodAddresses(clusters),
      ...organizationWarnings(clusters),
    ],
  };
}

/** Mistakes that are written out; with thousands of clusters there can be more than a text can hold. */
const mostProblems = 500;

/** Returns all mistakes of `settings.ts` as people read them. */
export function mistakesText(problems: readonly string[]): string {
  const count = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
  const more = problems.length - mostProblems;
  const lines = more > 0 ? [...problems.slice(0, mostProblems), `… and ${more} more`] : problems;
  return `settings.ts has ${count}\n\n  ${lines.join("\n\n  ")}`;
}

/** Returns mistakes in places of which nothing else is said: a rule of the setting itself says more. */
function notYetSaid(mistakes: readonly Mistake[], said: readonly Mistake[]): Mistake[] {
  const places = new Set(said.map(({ path }) => z.core.toDotPath(path)));
  return mistakes.filter(({ path }) => !places.has(z.core.toDotPath(path)));
}

function within(index: number, mistakes: readonly Mistake[]): Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, path: ["clusters", index, ...mistake.path] }));
}

/** Returns what an issue says, with each unknown key as a mistake in its own place. */
function mistakesOf(issue: z.core.$ZodIssue): Mistake[] {
  if (issue.code !== "unrecognized_keys") {
    return [issue];
  }
  const messages = issue.message.split("\n");
  return issue.keys.map((key, index) => ({ path: [...issue.path, key], message: messages[index] ?? "", ofKey: true }));
}

function sentence(settings: unknown, { path, message, ofKey }: Mistake): string {
  const place = z.core.toDotPath(path);
  if (ofKey) {
    return `${place}: ${message}`;
  }
  const value = path.reduce<unknown>(
    (parent, key) => (parent as Record<PropertyKey, unknown> | undefined)?.[key],
    settings,
  );
  return `${place}: ${value === undefined ? "missing; it" : shown(value)} ${message}`;
}

function shown(value: unknown): string {
  const text = inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true });
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function warningsOf(cluster: Cluster): string[] {
  const { name, release, account, admins, apiAccess, controlPlane, nodes } = cluster;
  const { secretsKeyArn = "" } = controlPlane;
  return [
    ...(secretsKeyArn !== "" && accountOf(secretsKeyArn) !== account
      ? [
          `${name}: controlPlane.secretsKeyArn is of another account than ${account}; see that its policy lets that account use it`,
        ]
      : []),
    ...admins
      .filter((arn) => accountOf(arn) !== account)
      .map((arn) => `${name}: admins holds ${arn} of another account than ${account}; see that it is meant`),
    ...accessWarnings(cluster),
    ...podAddressWarnings(cluster),
    ...(releaseNamed(release).faults ?? []).map(
      (fault) => `${name}: release ${release}: ${fault}; a later one is without it: npm run upgrade -- ${name}`,
    ),
    ...(apiAccess.includes("0.0.0.0/0")
      ? [
          `${name}: apiAccess holds 0.0.0.0/0, so everybody may try to log in to the API; name the networks of your clients`,
        ]
      : []),
    ...nodes.instanceTypes
      .filter((type) => podAddressCapacity(type) === undefined)
      .map(
        (type) =>
          `${name}: nodes.instanceTypes: how many pod addresses ${type} has is not known here; see that they are enough`,
      ),
  ];
}
