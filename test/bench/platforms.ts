import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoWith } from "../../rehearsal/life/demo-settings";
import { checkSettings } from "../../schema/settings";
import { writeStacks } from "../../stacks/platform";

// Synthesizes as many platforms as the first argument says.
const count = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), "platform-bench-"));

const { clusters, problems } = checkSettings(
  Array.from({ length: count }, (_, index) => demoWith({ name: `bench-${index}`, cidrBlock: `10.${index}.0.0/16` })),
);
if (problems.length > 0) {
  throw new Error(problems.join("\n"));
}
writeStacks(clusters, { outdir: folder });
rmSync(folder, { recursive: true });
