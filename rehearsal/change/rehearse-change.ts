import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { allClusterSettings } from "../../operations/command/cluster-settings";
import { CommandError, errorOf } from "../../operations/command/failure";
import { showProgress } from "../../operations/command/progress";
import { usableTerraform } from "../../operations/command/usable-terraform";
import { publishReview } from "../../operations/review/publish";
import type { ReportRequest } from "../../operations/review/report-options";
import { nearest } from "../../platform/nearest";
import { stackName, stackParts } from "../../platform/parts";
import { synthesize } from "../terraform/synthesize";
import { machineEnvironment } from "../world/environment";
import { makeReady } from "../world/setup";
import { type Commit, commitNamed, hasUncommittedChanges, shortHash } from "./git";
import { type Fate, notesOn, type ReleaseChange } from "./notes";
import { otherStacks } from "./other-stacks";
import { type ClusterRehearsal, type RehearsedCluster, rehearseCluster, stays, worldsFolder } from "./rehearse-cluster";
import { areSame, type Side, sideOf } from "./sides";
import { releaseOf } from "./world-cluster";

/** What somebody wants to know of a change, and how the report is wanted. */
export interface ChangeRequest extends ReportRequest {
  /** A cluster of either side; nothing for all. */
  readonly cluster: string | undefined;
  /** What the clusters run now, as Git names it: `origin/main`. */
  readonly from: string;
  /** Whether the change is applied too, and the cluster taken down then. */
  readonly apply: boolean;
  /** A new folder for all that is made. It stays if there was a world, with plans and logs. */
  readonly folder: string;
}

/**
 * Reviews what the settings and sources of this working tree would do to clusters that run as another commit makes them. Sets the exit code.
 * @throws CommandError if there is no such commit or cluster, if a side cannot be synthesized, or if what is there now cannot be applied
 */
export async function rehearseChange(request: ChangeRequest, signal: AbortSignal): Promise<void> {
  try {
    await rehearse(request, signal);
  } finally {
    // Where there was no world, nobody looks for anything.
    if (!existsSync(join(request.folder, worldsFolder))) {
      rmSync(request.folder, { recursive: true, force: true });
    }
  }
}

async function rehearse(request: ChangeRequest, signal: AbortSignal): Promise<void> {
  const settings = allClusterSettings();
  const commit = await commitNamed(request.from, signal);
  const program = usableTerraform(machineEnvironment(process.env), "local");
  if (await hasUncommittedChanges(signal)) {
    process.stderr.write("the working tree has changes that are not committed; they are rehearsed too\n");
  }
  const sides = await bothSides(commit, request.folder, signal);
  const fates = fatesOf(sides, request.cluster, commit);
  const results: RehearsedCluster[] = [];
  for (const [name, fate] of fates) {
    const cluster = settings.find((one) => one.name === name);
    const both = { here: sides.here.get(name), there: sides.there.get(name) };
    results.push(
      fate === "unchanged"
        ? stays(name)
        : await rehearsedOrFailed({
            name,
            cluster,
            sides: both,
            folder: request.folder,
            program,
            apply: request.apply,
            signal,
          }),
    );
  }
  const plans = results.flatMap(({ planned }) => planned.plans);
  const problems = results.flatMap(({ planned }) => planned.problems);
  // A date would make two runs of one change differ.
  const edition = { now: new Date(), isDated: false, notes: notesOn(commit, fates, releaseChanges(sides, fates)) };
  process.exitCode = await publishReview({ plans, problems }, request, edition);
  const failed = results.find(({ failure }) => failure !== undefined);
  if (failed !== undefined) {
    throw failed.failure;
  }
}

/** Rehearses what a change does to a cluster. What keeps it from being planned is told in the report, where others are told beside it. */
async function rehearsedOrFailed(rehearsal: ClusterRehearsal): Promise<RehearsedCluster> {
  await makeReady(rehearsal.signal);
  try {
    return await rehearseCluster(rehearsal);
  } catch (thrown) {
    rehearsal.signal.throwIfAborted();
    // Terraform's words, which follow, hold ids and times.
    const [what = ""] = errorOf(thrown).message.split("\n");
    const problems = stackParts.map((part) => ({
      stack: stackName(rehearsal.name, part),
      kind: "failed" as const,
      what,
    }));
    return { planned: { plans: [], problems }, failure: thrown };
  }
}

/** Returns the clusters that get another release, as far as their stacks are of any that this working tree knows. */
function releaseChanges(
  { here, there }: { here: Side; there: Side },
  fates: ReadonlyMap<string, Fate>,
): readonly ReleaseChange[] {
  return [...fates].flatMap(([cluster, fate]) => {
    const [from, to] = [there, here].map((side) => {
      const stacks = fate === "changed" ? side.get(cluster) : undefined;
      return stacks && releaseOf(stacks);
    });
    return from !== undefined && to !== undefined && from !== to ? [{ cluster, from, to }] : [];
  });
}

/** Synthesizes both sides, each by its own sources. */
async function bothSides(commit: Commit, folder: string, signal: AbortSignal): Promise<{ here: Side; there: Side }> {
  const environment = machineEnvironment(process.env);
  const state = join(folder, "state");
  const progress = showProgress(`rehearsal from ${shortHash(commit)}`);
  progress.phase("synth of both sides");
  mkdirSync(folder, { recursive: true });
  try {
    // Each to its end: the other's folder goes only when nothing is written there any more.
    const [here, there] = await Promise.allSettled([
      synthesize({ project: ".", folder: join(folder, "here"), state, environment, signal }),
      otherStacks(commit, { folder: join(folder, "there"), state, environment, signal }),
    ]);
    if (here.status === "rejected") {
      throw here.reason;
    }
    if (there.status === "rejected") {
      throw there.reason;
    }
    return { here: sideOf(here.value), there: sideOf(there.value) };
  } finally {
    progress.clear();
  }
}

/** Returns what becomes of the cluster that is asked for, or of all. */
function fatesOf(
  { here, there }: { here: Side; there: Side },
  asked: string | undefined,
  commit: Commit,
): Map<string, Fate> {
  const names = [...new Set([...here.keys(), ...there.keys()])];
  if (asked !== undefined && !names.includes(asked)) {
    const meant = nearest(asked, names);
    throw new CommandError(
      `neither settings.ts nor ${commit.name} (${shortHash(commit)}) has a cluster '${asked}'; there are ${names.join(", ")}`,
      { next: `npm run rehearse -- ${meant ?? names[0]} --from ${commit.name}` },
    );
  }
  const fate = (name: string): Fate => {
    const [now, before] = [here.get(name), there.get(name)];
    if (before === undefined) {
      return "added";
    }
    if (now === undefined) {
      return "removed";
    }
    return areSame(now, before) ? "unchanged" : "changed";
  };
  return new Map((asked === undefined ? names : [asked]).map((name) => [name, fate(name)]));
}
