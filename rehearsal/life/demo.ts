import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../../operations/command/failure";
import { stackParts } from "../../platform/parts";
import { podsPerNode } from "../../schema/instance-types";
import type { Changes } from "../terraform/plan-changes";
import { Platform } from "../terraform/platform";
import type { RunningWorld } from "../world/running-world";
import { type Change, changes, secondAdmin, verifier } from "./changes";
import { demo } from "./demo-settings";
import { counted, judge, judgeOrder } from "./judge";
import type { Rehearsal } from "./rehearsal";
import { Report } from "./report";
import { allEmpty, create, destroy, unchanged } from "./steps";

/** The demo's life. */
export const demoLife = lifeWith(changes);

/** The demo's life with one change of each kind, to see another program do what Terraform does. */
export const briefLife = lifeWith(
  changes.filter(({ name }) => ["an endpoint added", "instance type", "a limit of Karpenter's"].includes(name)),
);

function lifeWith(made: readonly Change[]): Rehearsal {
  return { settings: () => demo, rehearse: (world, folder) => rehearse(world, folder, made) };
}

/** The demo from the first plan to the last resource, and what people change in between. */
async function rehearse(world: RunningWorld, folder: string, made: readonly Change[]): Promise<void> {
  const settings = demo;
  const platform = await Platform.create({ folder, settings, environment: world.environment, signal: world.signal });
  const repositories = await world.repositories();
  const start = Date.now();
  const report = new Report("demo: apply, change, destroy");

  for (const part of stackParts) {
    await create(report, platform, part);
  }
  await judgeJournals(report, world, start);
  await report.step("the repository, cloned", async () => {
    const { owner, name } = settings.repository;
    return compareClone(world, `${owner}/${name}`, platform.committedFiles());
  });

  const users = [secondAdmin, verifier];
  for (const UserName of users) {
    await world.call("iam", "CreateUser", { UserName });
  }
  for (const change of made) {
    await report.step(`change: ${change.name}`, async () => {
      await platform.change(change);
      const done: string[] = [];
      // What a stack would do that is expected to do nothing, is found after the others were applied.
      for (const part of stackParts.filter((part) => change.retags || part in change.expected)) {
        const planned = await platform.stacks[part].plan(change.name);
        const expected = change.expected[part] ?? {};
        judge(part, change.retags ? withoutOtherUpdates(planned, expected) : planned, expected);
        await platform.stacks[part].apply();
        done.push(`${part}: ${counted(planned)}`);
      }
      await allEmpty(platform.stacks, `after ${change.name}`);
      return done.join("; ");
    });
  }
  for (const UserName of users) {
    await world.call("iam", "DeleteUser", { UserName });
  }
  await report.step("change: pods that a node takes, refused at first", () => changeNodesAtSecondTry(world, platform));
  await destroy(report, platform, world, unchanged(repositories));
  report.end();
}

function withoutOtherUpdates(planned: Changes, expected: Changes): Changes {
  return Object.fromEntries(
    Object.entries(planned).filter(([address, action]) => action !== "update" || address in expected),
  );
}

/** Replaces the node group, which EKS refuses at first: the next apply goes on, and no plan forgets that it is to be replaced. */
async function changeNodesAtSecondTry(world: RunningWorld, platform: Platform): Promise<string> {
  const { bootstrap } = platform.stacks;
  await platform.change({
    edits: [["schema/instance-types.ts", `podsPerNode = ${podsPerNode}`, `podsPerNode = ${podsPerNode - 1}`]],
  });
  await world.failAws({ service: "eks", action: "CreateNodegroup", status: 400, code: "InvalidParameterException" });
  await bootstrap.plan("to be refused");
  await bootstrap.applyAndFail([/CreateNodegroup.*InvalidParameterException/s]);
  // The new launch template is there, and the old one waits for the group.
  const left = {
    "aws_launch_template.system": "delete",
    "aws_eks_node_group.system": "replace, successor first",
  } as const;
  const planned = judge("bootstrap", await bootstrap.plan("after a refusal"), left);
  await bootstrap.apply();
  await allEmpty(platform.stacks, "after all");
  return planned;
}

async function judgeJournals(report: Report, world: RunningWorld, start: number): Promise<void> {
  const journal = (await world.journal()).filter(({ time }) => time >= start);
  const orders: [string, RegExp, RegExp][] = [
    ["Cilium before the node group", /^helm_release cilium$/, /^eks CreateNodegroup$/],
    ["the node group before CoreDNS", /^eks CreateNodegroup$/, /^eks CreateAddon$/],
    ["CoreDNS before Flux", /^eks CreateAddon$/, /^kubernetes_job_v1 /],
    ["every file before Flux", /^github .*\.(?:yaml|md)$/, /^kubernetes_job_v1 /],
  ];
  for (const [what, earlier, later] of orders) {
    await report.step(`journals: ${what}`, async () => judgeOrder(journal, earlier, later));
  }
}

/** Throws unless a clone of the repository holds every file byte for byte. */
function compareClone(world: RunningWorld, repository: string, files: Record<string, string>): string {
  const clone = mkdtempSync(join(tmpdir(), "rehearsal-clone-"));
  try {
    const url = new URL(`${repository}.git`, world.github);
    url.username = "rehearsal";
    url.password = world.environment.GITHUB_TOKEN ?? "";
    execFileSync("git", ["clone", "--quiet", url.href, clone], { env: world.environment });
    for (const [path, content] of Object.entries(files)) {
      if (readFileSync(join(clone, path), "utf8") !== content) {
        throw new CommandError(`${path} in the repository is not what was committed`);
      }
    }
  } finally {
    // Its configuration holds the token.
    rmSync(clone, { recursive: true });
  }
  return `${Object.keys(files).length} files byte for byte`;
}
