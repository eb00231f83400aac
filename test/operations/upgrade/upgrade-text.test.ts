import { readinessChecks } from "../../../operations/upgrade/readiness/checks/all";
import { upgradePlan } from "../../../operations/upgrade/upgrade-plan";
import { upgradeJson, upgradeText } from "../../../operations/upgrade/upgrade-text";
import { newestRelease } from "../../../releases/all";
import { componentNames, type Release } from "../../../releases/release";
import { rolloutsOf } from "../../../releases/rollouts";
import { upstreamNotes } from "../../../releases/upstream-notes";
import type { ClusterSettings } from "../../../schema/settings";
import { middleRelease as middle, olderRelease as oldest } from "../../support/releases";
import { cluster } from "../../support/settings";
import { inCloud } from "../../support/workspaces";

const plain = { colour: false, width: 100 };

function textOf(path: readonly Release[], changes: Partial<ClusterSettings> = {}, environment = {}): string {
  return upgradeText(upgradePlan(cluster(changes), oldest, path, environment), plain);
}

/** Text in which lines are joined, so that sentences are whole. */
function joined(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

test("each step has what changes, what rolls and what upstream asks, in its own part", () => {
  const [header, ...steps] = textOf([middle, newestRelease]).split(/^step \d of \d: /m);

  expect(header).toContain(`from release ${oldest.name}, which settings.ts has, to ${newestRelease.name}, in 2 steps`);
  for (const [index, [from, to]] of [
    [oldest, middle],
    [middle, newestRelease],
  ].entries()) {
    const text = joined(steps[index] ?? "");
    if (!from || !to) {
      throw new Error("no step");
    }
    expect(
      componentNames.filter((name) => !text.includes(to[name].version) && from[name].version !== to[name].version),
    ).toEqual([]);
    expect(rolloutsOf(from, to).filter((what) => !text.includes(`${what}, w`))).toEqual([]);
    expect(upstreamNotes(from, to).filter(({ asks, source }) => !text.includes(`${asks} (${source})`))).toEqual([]);
  }
});

test("what stays the same is named without a version, and rolls nothing", () => {
  const [, step = ""] = upgradeText(upgradePlan(cluster(), middle, [newestRelease], {}), plain).split("step 1 of 1");

  expect(step).toMatch(/^ {2}as before: Kubernetes, Cilium, Flux$/m);
  expect(step).not.toContain("control plane,");
  expect(joined(step)).toContain("never goes back to Bottlerocket");
});

test("no line is longer than the terminal but what is to be copied", () => {
  const lines = textOf([newestRelease]).split("\n");

  expect(lines.filter((line) => line.length > plain.width && !/^ {2}(?:npm|terraform|rm)/.test(line))).toEqual([]);
});

test("that nobody has read a part's notes is said with where they are, and not that they ask nothing", () => {
  const next = { ...newestRelease, cilium: { ...newestRelease.cilium, version: "1.99.0" } };
  const text = upgradeText(upgradePlan(cluster(), newestRelease, [next], {}), plain);
  const [, asked = ""] = joined(text).split("What upstream asks of you");

  expect(asked).toContain(
    `Cilium ${newestRelease.cilium.version} -> 1.99.0 not looked up here: read github.com/cilium`,
  );
  expect(asked).not.toContain("nothing that matters here");
});

test("that notes ask nothing is said where somebody has read them", () => {
  const at = (version: string) => ({ ...oldest, bottlerocket: { ...oldest.bottlerocket, version } });
  const plan = upgradePlan(cluster(), at("1.65.0"), [at("1.66.0")], {});

  expect(upgradeText(plan, plain)).toContain("What upstream asks of you\n  nothing that matters here\n");
});

/** The lines of `--check` that are said to be broken between the applies of cluster and bootstrap. */
function saidToBeBroken(to: Release): string[] {
  const [, sentence = ""] =
    /Until then the lines (.*?); any other/.exec(joined(textOf([to])).replaceAll("# ", "")) ?? [];
  return [...sentence.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title);
}

test("lines that are broken on the new control plane are named as --check prints them", () => {
  const titles = readinessChecks(undefined, new AbortController().signal).map(({ title }) => title);
  const withNewCilium = saidToBeBroken(middle);
  const withOld = saidToBeBroken({ ...middle, cilium: oldest.cilium });

  expect(withNewCilium.filter((title) => !titles.includes(title))).toEqual([]);
  expect(withNewCilium.filter((title) => !withOld.includes(title))).toEqual(["upgrade of Cilium"]);
  expect(withOld).toContain("nodes that Karpenter keeps");
});

test("only a step with another Kubernetes has a checkout held to it, and only one with another Cilium ends with 2 by rule", () => {
  const repository = "--flux-repository ../demo-k8s-cilium-flux";
  const step = (from: Release, to: Release) => upgradeText(upgradePlan(cluster(), from, [to], {}), plain);

  expect(step(oldest, { ...middle, cilium: oldest.cilium })).toContain(repository);
  expect(step(oldest, { ...oldest, cilium: middle.cilium })).not.toContain(repository);
  expect(joined(step(oldest, { ...oldest, cilium: middle.cilium }))).toMatch(
    /cilium-agents-restart.* ends with 2, too/,
  );
  expect(step(oldest, { ...middle, cilium: oldest.cilium })).not.toMatch(/cilium-agents-restart|ends with 2/);
});

test("a cluster that has the release is told so", () => {
  expect(textOf([])).toMatch(
    /^settings\.ts has \S+ on release 2025-\S+ already; npm run upgrade -- \S+ --check says whether /,
  );
});

/** Lines that are typed for the stacks. */
function applies(text: string): string[] {
  return text.split("\n").filter((line) => /-chdir=|^ {2}rm |workspace/.test(line));
}

test("stacks are planned to a file, which is deleted, with the program and in the folder that the environment names", () => {
  const text = textOf([newestRelease], {}, { TERRAFORM_BINARY_NAME: "tofu", CDKTF_OUTDIR: "/elsewhere" });

  expect(applies(text).slice(0, 4)).toEqual([
    "  tofu -chdir=/elsewhere/stacks/demo-k8s-cilium-cluster init",
    "  tofu -chdir=/elsewhere/stacks/demo-k8s-cilium-cluster plan -out=plan",
    "  tofu -chdir=/elsewhere/stacks/demo-k8s-cilium-cluster apply plan",
    "  rm /elsewhere/stacks/demo-k8s-cilium-cluster/plan",
  ]);
});

test("in HCP Terraform a run asks, and with a repository a push starts it", () => {
  const { backend } = inCloud({ organization: "acme" });
  const vcs = { repository: "acme/platform", branch: "main" };

  expect(applies(textOf([newestRelease], { backend }))[1]).toMatch(/demo-k8s-cilium-cluster apply$/);
  if (backend?.type !== "cloud") {
    throw new Error("no cloud");
  }
  const pushed = textOf([newestRelease], { backend: { ...backend, vcs } });
  expect(joined(pushed).replaceAll("# ", "")).toContain("in the workspace demo-k8s-cilium-cluster, and confirm it");
  expect(pushed).not.toContain("-chdir=");
});

test("other providers are fetched before anything plans with them", () => {
  const aws = { ...newestRelease.providers.aws, version: "6.99.0" };
  const text = textOf([{ ...newestRelease, providers: { ...newestRelease.providers, aws } }]);

  expect(text).toMatch(/^ {2}Terraform's provider aws +\S+ +-> 6\.99\.0$/m);
  expect(applies(text)[0]).toMatch(/demo-k8s-cilium-network init -upgrade$/);
});

test("what is known to be wrong with the new release is said, and there is no such part without it", () => {
  const faults = ["it forgets addresses (acme/forgetful#1)", "it is slow"];
  const part = "\nWhat is known to be wrong with it\n";

  expect(textOf([{ ...newestRelease, faults }])).toContain(`${part}  - ${faults[0]}\n  - ${faults[1]}\n\n`);
  expect(textOf([{ ...newestRelease, faults: [] }])).not.toContain(part);
});

test("another program gets the same, and what was written", () => {
  const written = { file: "settings.ts", line: 7, from: oldest.name, to: middle.name };
  const found = JSON.parse(upgradeJson(upgradePlan(cluster(), oldest, [middle, newestRelease], {}), written));

  expect(Object.keys(found)).toEqual(["cluster", "from", "to", "steps", "written"]);
  expect(found.written).toEqual(written);
  expect(found.steps.map(({ from, to }: { from: string; to: string }) => `${from} ${to}`)).toEqual([
    `${oldest.name} ${middle.name}`,
    `${middle.name} ${newestRelease.name}`,
  ]);
});
