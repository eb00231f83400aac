import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";

import { removeModuleCopies } from "../../stacks/module-copies";
import { context, PlatformStack } from "../../stacks/platform-stack";

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

class TestStack extends PlatformStack {}

/** What `build` defines, as Terraform reads it: `define(…).resource.aws_vpc.network`. Loads no other stack, for speed. */
export function define(build: (stack: PlatformStack) => void): StackJson {
  const files = inApp((app) =>
    build(
      new TestStack(app, "network", {
        name: "test",
        account: "111122223333",
        region: "eu-central-1",
        repository: { owner: "acme", name: "flux", branch: "main", mode: "existing", access: "deploy-key" },
        backend: { type: "local" },
      }),
    ),
  );
  return { resource: {}, data: {}, ...JSON.parse(files["stacks/test-network/cdk.tf.json"] ?? "") };
}

/** Text of the files of an app, by path below the output folder; through the same `app.synth()` as a deployment. */
export function inApp(build: (app: App) => void): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "platform-test-"));
  // Validation asks for a provider for every resource, and for terraform on PATH where the backend is HCP Terraform.
  const app = new App({ outdir, context, skipValidation: true });
  try {
    build(app);
    app.synth();
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
      stacks: Record<string, { synthesizedStackPath: string }>;
    };
    const paths = ["manifest.json", ...Object.values(stacks).map((stack) => stack.synthesizedStackPath)];
    return Object.fromEntries(paths.map((path) => [path, readFileSync(join(outdir, path), "utf8")]));
  } finally {
    removeModuleCopies(app);
    rmSync(outdir, { recursive: true });
  }
}
