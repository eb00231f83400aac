import { CommandError } from "../../operations/command/failure";
import { type StackPart, stackParts } from "../../platform/parts";
import { releases } from "../../releases/all";
import type { Release } from "../../releases/release";
import { rolloutsOf } from "../../releases/rollouts";
import { upgradePath } from "../../releases/upgrade-path";
import { Platform } from "../terraform/platform";
import { awsAccess } from "../world/aws-access";
import type { RunningWorld } from "../world/running-world";
import { type Announced, announced } from "./announced";
import { demo, demoWith } from "./demo-settings";
import { type EksVersions, eksVersions, versionsIn } from "./eks-versions";
import { judge, mustBe } from "./judge";
import type { Rehearsal } from "./rehearsal";
import { Report } from "./report";
import { allEmpty, apply } from "./steps";

/** The newest three: it takes no longer with every release that is added. */
const [first = releases[0], ...later] = releases.slice(-3);

/** The demo, upgraded from release to release. */
export const upgradedLife: Rehearsal = { settings: () => demoWith({ release: first.name }), rehearse };

const { name } = demo;

/** Each upgrade rolls what was announced and nothing else, and can be left half-way. What becomes of the platform then is the demo's life. */
async function rehearse(world: RunningWorld, folder: string): Promise<void> {
  const { environment, signal } = world;
  const settings = demoWith({ release: first.name });
  const platform = await Platform.create({ folder, settings, environment, signal });
  const report = new Report(`upgrades: ${[first, ...later].map((release) => release.name).join(", ")}`);
  for (const part of stackParts) {
    await apply(report, platform.stacks, part);
  }
  let from = first;
  for (const to of path()) {
    await new Upgrade(world, platform, from, to).rehearse(report);
    from = to;
  }
  report.end();
}

/** Returns the releases that the demo goes through, one after the other, as the upgrade's path leads to each. */
function path(): readonly Release[] {
  return later.flatMap((to, index) => {
    const from = later[index - 1] ?? first;
    const way = upgradePath(from, to, releases);
    if (way === undefined) {
      throw new CommandError(`no way leads from release ${from.name} to ${to.name}`, {
        next: "see stepProblems in releases/upgrade-path.ts",
      });
    }
    return way;
  });
}

/** One step of the path. */
class Upgrade {
  private readonly expected: Announced;

  constructor(
    private readonly world: RunningWorld,
    private readonly platform: Platform,
    private readonly from: Release,
    private readonly to: Release,
  ) {
    this.expected = announced(name, from, to);
  }

  async rehearse(report: Report): Promise<void> {
    const { platform, from, to } = this;
    const start = Date.now();
    await platform.change({ settings: { release: to.name } });
    for (const part of stackParts) {
      await report.step(`${to.name}: ${part}`, () => this.apply(part));
      if (part === "cluster" && Object.keys(this.expected.changes.cluster ?? {}).length > 0) {
        await report.step(`${to.name}: left half-way`, () => this.judgeHalfWay());
      }
    }
    await report.step(`${to.name}: plan all stacks again`, async () => {
      await allEmpty(platform.stacks, `at ${to.name}`);
      return "empty";
    });
    await report.step(`${to.name}: what rolled`, async () => {
      await this.judgeCalls(start);
      await this.judgeVersions(versionsIn(to));
      return rolloutsOf(from, to).join(", ");
    });
  }

  /** Applies what a stack's part in the upgrade is, if there is any. */
  private async apply(part: StackPart): Promise<string> {
    const terraform = this.platform.stacks[part];
    const planned = await terraform.plan(`to ${this.to.name}`);
    const found = judge(part, planned, this.expected.changes[part] ?? {});
    if (Object.keys(planned).length > 0) {
      await terraform.apply();
    }
    return found;
  }

  /** Sees that who comes back later finds the stacks before done, and the nodes as they were. */
  private async judgeHalfWay(): Promise<string> {
    const { platform, expected, from, to } = this;
    const done: readonly StackPart[] = ["network", "cluster"];
    for (const part of done) {
      judge(part, await platform.stacks[part].planRest(`half-way to ${to.name}`), {});
    }
    const left = await platform.stacks.bootstrap.plan(`half-way to ${to.name}`);
    await this.judgeVersions({ ...versionsIn(from), controlPlane: to.kubernetes.version });
    return `${judge("bootstrap", left, expected.changes.bootstrap ?? {})} are left`;
  }

  private async judgeVersions(expected: EksVersions): Promise<void> {
    mustBe("what EKS runs", await eksVersions(name, awsAccess(this.world.environment)), expected);
  }

  /** Throws unless the journals hold what was announced and nothing else. Of Cilium and of what EC2 makes for nodes, plans alone tell. */
  private async judgeCalls(start: number): Promise<void> {
    const journal = (await this.world.journal()).filter(({ time, what }) => time >= start && !what.startsWith("ec2 "));
    const of = (service: string) =>
      journal.flatMap(({ what }) => (what.startsWith(`${service} `) ? [what.slice(service.length + 1)] : []));
    const others = journal.map(({ what }) => what).filter((what) => !/^(?:eks|github) /.test(what));
    mustBe("what EKS was asked for", of("eks"), this.expected.calls);
    mustBe("what was committed", of("github").sort(), this.expected.files);
    mustBe("what else was changed", others, []);
  }
}
