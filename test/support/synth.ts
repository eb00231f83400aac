import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";

import { type Cluster, type ClusterSettings, checkSettings } from "../../schema/settings";
import { clusters } from "../../settings";
import { context, definePlatform } from "../../stacks/platform";
import { PlatformStack } from "../../stacks/platform-stack";

/** Blocks of one type, then by name. */
// biome-ignore lint/suspicious/noExplicitAny: what Terraform reads has no type here
export type Blocks = Record<string, Record<string, any>>;

/** A stack as Terraform reads it. */
export interface StackJson {
  readonly data: Blocks;
  readonly module: Record<string, unknown>;
  readonly output: Record<string, { value: unknown; description: string }>;
  readonly provider: Record<string, unknown[]>;
  readonly resource: Blocks;
  readonly terraform: Record<string, unknown>;
}

export type Part = "network" | "cluster" | "bootstrap";

/** The parts in the order of deployment. */
export const parts: readonly Part[] = ["network", "cluster", "bootstrap"];

/** The settings that ship, changed. */
export function demoWith(changes: Partial<ClusterSettings> = {}): ClusterSettings {
  const [demo] = clusters;
  if (!demo) {
    throw new Error("settings.ts names no cluster");
  }
  return { ...demo, ...changes };
}

/** The same, checked and with every default. */
export function cluster(changes: Partial<ClusterSettings> = {}): Cluster {
  const { clusters: checked, problems } = checkSettings([demoWith(changes)]);
  const [first] = checked;
  if (!first) {
    throw new Error(problems.join("\n"));
  }
  return first;
}

/** Text of the shipped files of a platform, by path below the output folder; through the same `app.synth()` as a deployment. */
export function synthesized(changes: Partial<ClusterSettings> = {}): Record<string, string> {
  return inApp((app) => definePlatform(app, cluster(changes)));
}

/** The three stacks of a platform. */
export function platform(changes: Partial<ClusterSettings> = {}): Record<Part, StackJson> {
  const files = synthesized(changes);
  const { name } = cluster(changes);
  const stack = (part: Part): StackJson => JSON.parse(files[`stacks/${name}-${part}/cdk.tf.json`] ?? "");
  return { network: stack("network"), cluster: stack("cluster"), bootstrap: stack("bootstrap") };
}

class TestStack extends PlatformStack {}

/** What `build` defines, as Terraform reads it: `define(…).resource.aws_vpc.network`. */
export function define(build: (stack: PlatformStack) => void): StackJson {
  const files = inApp((app) => build(new TestStack(app, "network", cluster({ name: "test" }))));
  return { resource: {}, data: {}, ...JSON.parse(files["stacks/test-network/cdk.tf.json"] ?? "") };
}

function inApp(build: (app: App) => void): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "platform-test-"));
  try {
    // Validation asks for a provider for every resource, and for terraform on PATH where the backend is HCP Terraform.
    const app = new App({ outdir, context, skipValidation: true });
    build(app);
    app.synth();
    const stacks = Object.values(JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")).stacks);
    const paths = [
      "manifest.json",
      ...stacks.map((stack) => (stack as { synthesizedStackPath: string }).synthesizedStackPath),
    ];
    return Object.fromEntries(paths.map((path) => [path, readFileSync(join(outdir, path), "utf8")]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
