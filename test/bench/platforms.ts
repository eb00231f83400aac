import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";

import { checkSettings } from "../../schema/settings";
import { definePlatform } from "../../stacks/platform";
import { context } from "../../stacks/platform-stack";
import { demoWith } from "../support/settings";

// Synthesizes as many platforms as the first argument says.
const count = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), "platform-bench-"));
// CDKTF leaves a folder there for every stack with a local module.
process.env.TMPDIR = folder;

const { clusters, problems } = checkSettings(
  Array.from({ length: count }, (_, index) => demoWith({ name: `bench-${index}`, cidrBlock: `10.${index}.0.0/16` })),
);
if (problems.length > 0) {
  throw new Error(problems.join("\n"));
}
const app = new App({ context, outdir: join(folder, "out") });
for (const cluster of clusters) {
  definePlatform(app, cluster);
}
app.synth();
rmSync(folder, { recursive: true });
