import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { usableTerraform } from "../../operations/command/usable-terraform";
import { countWords } from "../../operations/review/formats/verdict-wording";
import type { Report } from "../../operations/review/report/report";
import { review } from "../../operations/review/review";
import type { PlanningResult } from "../../operations/terraform/planning-result";
import { applyChange } from "../../rehearsal/change/apply-change";
import { applyBase } from "../../rehearsal/change/base";
import { planChange } from "../../rehearsal/change/plan-change";
import { rehearseCluster } from "../../rehearsal/change/rehearse-cluster";
import { areSame, type ClusterStacks, sideOf } from "../../rehearsal/change/sides";
import type { Place } from "../../rehearsal/change/stacks";
import { demo, demoWith } from "../../rehearsal/life/demo-settings";
import { copyProject } from "../../rehearsal/terraform/project-copy";
import { synthesize } from "../../rehearsal/terraform/synthesize";
import { machineEnvironment } from "../../rehearsal/world/environment";
import { RunningWorld } from "../../rehearsal/world/running-world";
import { stopServers } from "../../rehearsal/world/servers";
import { startWorld } from "../../rehearsal/world/up";
import { newestRelease, releases } from "../../releases/all";
import type { ClusterSettings } from "../../schema/settings";
import { cluster } from "../support/settings";

/** The first release of the newest Kubernetes, and the one before it, which the demo has here. */
const upgraded = releases.findIndex(({ kubernetes }) => kubernetes.version === newestRelease.kubernetes.version);
const [before, after] = releases.slice(upgraded - 1, upgraded + 1).map((release) => release.name);

const { name } = demo;
const folder = mkdtempSync(join(tmpdir(), "change-"));
const { signal } = new AbortController();
const environment = machineEnvironment(process.env);
const program = usableTerraform(environment, "local");

const developers = "arn:aws:iam::111122223333:role/developers";
const read = { access: [{ principal: developers, policy: "view" as const, groups: ["shop"] }] };

/** A change that somebody makes in a copy of the sources. */
interface Change {
  readonly settings?: Partial<ClusterSettings>;
  readonly edits?: readonly (readonly [file: string, from: string, to: string])[];
}

/** Returns the stacks of the demo, of the release before and with readers, changed; their state is that of all changes in the place. */
async function changed(id: string, place: string, { settings = {}, edits = [] }: Change = {}): Promise<ClusterStacks> {
  const project = join(place, id, "project");
  mkdirSync(project, { recursive: true });
  copyProject(".", project, demoWith({ release: before ?? "", ...read, ...settings }));
  for (const [file, from, to] of edits) {
    const text = readFileSync(join(project, file), "utf8");
    expect(text).toContain(from);
    writeFileSync(join(project, file), text.replaceAll(from, to));
  }
  const state = join(place, "state");
  const stacks = sideOf(await synthesize({ project, folder: join(place, id), state, environment, signal })).get(name);
  if (stacks === undefined) {
    throw new Error(`no stacks of ${name}`);
  }
  return stacks;
}

function reportOf({ plans, problems }: PlanningResult): Report {
  return review(plans, problems, { silences: [], today: "2026-11-27" });
}

/** What people read first: a line a stack that changes, and findings. */
function summary({ stacks, dangers, access }: Report) {
  return {
    changes: Object.fromEntries(
      stacks
        .map((stack): [string, string] => [stack.stack.slice(name.length + 1), countWords(stack)])
        .filter(([, words]) => words !== "nothing to do"),
    ),
    findings: [...dangers, ...access].map(({ severity, rule, address }) => `${severity}: ${rule} ${address}`),
  };
}

let there: ClusterStacks;
let place: Place;

beforeAll(async () => {
  there = await changed("there", folder);
  const world = join(folder, "world");
  await startWorld({ folder: world, cluster: cluster(read), signal });
  place = {
    cluster: name,
    plans: folder,
    states: join(folder, "state"),
    program,
    environment: new RunningWorld(world).environment,
    signal,
  };
  await applyBase(there, place, () => undefined);
});

afterAll(async () => {
  await stopServers(join(folder, "world"));
  rmSync(folder, { recursive: true });
});

let count = 0;

/** Plans a change on top of the demo. */
async function rehearsed(change: Change): Promise<Report> {
  count += 1;
  return reportOf(await planChange({ here: await changed(`here-${count}`, folder, change), there }, place));
}

const scenarios: readonly (readonly [string, Change, ReturnType<typeof summary>])[] = [
  ["nothing at all", {}, { changes: {}, findings: [] }],
  [
    "a tag",
    { settings: { tags: { Team: "platform" } } },
    {
      changes: { network: "18 to change", cluster: "25 to change", bootstrap: "3 to change, 2 to replace" },
      findings: [
        "caution: nodes-rolled kubernetes_config_map_v1.flux_variables",
        "caution: node-group-replaced aws_eks_node_group.system",
        "caution: cilium-config-changed helm_release.cilium",
      ],
    },
  ],
  [
    "instance types",
    { settings: { nodes: { instanceTypes: ["t4g.large"] } } },
    {
      changes: { bootstrap: "1 to replace" },
      findings: [
        "danger: instance-type-changed aws_eks_node_group.system",
        "caution: node-group-replaced aws_eks_node_group.system",
      ],
    },
  ],
  [
    "ingress nlb",
    { settings: { ingress: "nlb" } },
    { changes: { bootstrap: "1 to change" }, findings: ["caution: load-balancer helm_release.cilium"] },
  ],
  [
    "the next release",
    { settings: { release: after ?? "" } },
    {
      changes: { cluster: "1 to change", bootstrap: "4 to change, 2 to replace" },
      findings: [
        "danger: cilium-agents-restart helm_release.cilium",
        "caution: nodes-rolled github_repository_file.files_karpenter_nodepools_default",
        "caution: node-group-replaced aws_eks_node_group.system",
        "caution: kubernetes-upgrade aws_eks_cluster.cluster",
        "caution: cilium-envoy-changed helm_release.cilium",
      ],
    },
  ],
  [
    "a file taken out of gitops/",
    { edits: [["constructs/flux-files.ts", ', "release/flow-schemas"', ""]] },
    {
      changes: { bootstrap: "1 to destroy" },
      findings: ["danger: file-deleted github_repository_file.files_karpenter_release_flow_schemas"],
    },
  ],
];

test("a resource renamed in the sources is a replacement that nobody wanted", async () => {
  const rename: Change = { edits: [["stacks/network.ts", 'new Network(this, "network"', 'new Network(this, "vpc"']] };
  const { changes, findings } = summary(await rehearsed(rename));

  expect(changes).toEqual({
    network: "3 to add, 24 to replace, 3 to destroy, 3 outputs",
    cluster: "nothing to do yet",
    bootstrap: "nothing to do yet",
  });
  expect(findings[0]).toBe("danger: vpc-gone aws_vpc.network");
  expect(findings.filter((finding) => finding.startsWith("danger: subnet-gone"))).toHaveLength(6);
});

test.each(scenarios)("%s", async (_, change, expected) => {
  expect(summary(await rehearsed(change))).toEqual(expected);
});

const promotion = "aws_eks_access_policy_association.admins_role_developers_111122223333";
const promoted: Change = { settings: { admins: [...demo.admins, developers], access: [] } };

test("who reads becomes an administrator by the same entry, of which EKS has one for each", async () => {
  const { changes, findings } = summary(await rehearsed(promoted));

  expect(changes).toEqual({ cluster: "1 to change, 1 to replace, 2 to move" });
  expect(findings).toEqual([
    `danger: access-entry-gone ${promotion}`,
    `danger: access-entry ${promotion}`,
    `danger: access-entry ${promotion}`,
    // Who is administrator leaves a group.
    "caution: access-entry aws_eks_access_entry.admins_role_developers_111122223333",
  ]);
});

const zone: Change = { settings: { zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] } };

test("a zone appended, in this world and in another: the reports are the same, byte for byte", async () => {
  const report = await rehearsed(zone);
  const other = join(folder, "other");
  const sides = { there: await changed("there", other), here: await changed("here", other, zone) };

  const settings = cluster({ ...read, ...zone.settings });
  const { planned } = await rehearseCluster({
    name,
    cluster: settings,
    sides,
    folder: other,
    program,
    apply: false,
    signal,
  });

  // The node group has another zone by what the network publishes, and EKS cannot change that.
  expect(summary(report)).toEqual({
    changes: { network: "9 to add, 1 to change, 1 output", bootstrap: "1 to replace" },
    findings: ["caution: node-group-replaced aws_eks_node_group.system"],
  });
  expect(JSON.stringify(reportOf(planned))).toBe(JSON.stringify(report));
}, 600_000);

// The last that is done in this world.
test("a zone and an administrator more are applied, what was replaced is told, and everything is taken down, though it is protected", async () => {
  const said: string[] = [];

  const here = await changed("applied", folder, {
    settings: { ...zone.settings, ...promoted.settings, deletionProtection: true },
  });
  await planChange({ here, there }, place);
  await applyChange({ here, there }, new RunningWorld(join(folder, "world")), place, (line) => said.push(line));

  // The cluster stack is not told where it had to be applied to plan bootstrap: where no test before has applied the network.
  const told = said.filter((line) => !line.startsWith(`${name}-cluster: applied`));
  expect(told.map((line) => line.replace(/\d[\d.]* s$/, "… s"))).toEqual([
    `${name}-cluster: ${promotion}: it went first, and was not there for … s`,
    `${name}-bootstrap: applied`,
    `${name}-bootstrap: aws_eks_node_group.system: its successor came first, and both were there for … s`,
    `${name}: planned again, nothing is left to do`,
    `${name}: destroyed, nothing is left in AWS`,
  ]);
}, 600_000);

test("of two clusters of which one changes, the other's stacks are the same on both sides", async () => {
  const sides = await Promise.all(
    ["one", "two"].map(async (id) => {
      const project = join(folder, id, "project");
      mkdirSync(project, { recursive: true });
      copyProject(".", project, demo);
      const second = demoWith({
        name: "second",
        cidrBlock: "10.201.0.0/16",
        tags: { Side: id },
      });
      const text = readFileSync(join(project, "settings.ts"), "utf8");
      writeFileSync(join(project, "settings.ts"), text.replace(/\];\s*$/, `, ${JSON.stringify(second)}];\n`));
      return sideOf(await synthesize({ project, folder: join(folder, id), environment, signal }));
    }),
  );
  const same = ["demo-k8s-cilium", "second"].map((one) => {
    const [here, other] = sides.map((side) => side.get(one));
    return here !== undefined && other !== undefined && areSame(here, other);
  });

  expect(same).toEqual([true, false]);
});
