import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { checkSettings } from "../../schema/settings";
import { platformApp } from "../../stacks/platform";
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
platformApp(clusters, { outdir: join(folder, "out") }).synth();
rmSync(folder, { recursive: true });
