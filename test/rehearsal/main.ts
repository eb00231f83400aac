import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { rehearseDemo } from "./demo";
import { rehearseInterruptions } from "./interruptions";
import { rehearseReview } from "./review";
import { mustBeEmpty } from "./steps";
import { rehearseSwitches } from "./switches";
import { World } from "./world";

const rehearsals = {
  demo: rehearseDemo,
  interruptions: rehearseInterruptions,
  review: rehearseReview,
  switches: rehearseSwitches,
};
type Name = keyof typeof rehearsals;

const usage = `usage: npm run rehearse -- [${Object.keys(rehearsals).join(" | ")}] ...

Plans, applies, changes and destroys platforms with real Terraform in the world that the environment names
(AWS_ENDPOINT_URL, GITHUB_BASE_URL, STANDIN_JOURNAL, CNI_READY_FILE, TF_CLI_CONFIG_FILE), which must be empty and on loopback.
Every plan is kept as JSON. Ends with 1 at the first thing that is not as it should be.
`;

async function main(): Promise<void> {
  const { positionals: names, values } = parseArgs({ options: { help: { type: "boolean" } }, allowPositionals: true });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const unknown = names.filter((name) => !Object.hasOwn(rehearsals, name));
  if (unknown.length > 0) {
    process.stderr.write(`no such rehearsal: ${unknown.join(", ")}\n\n${usage}`);
    process.exitCode = 1;
    return;
  }
  const world = World.fromEnvironment();
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  process.stdout.write(`plans: ${folder}/*/plans\n`);
  for (const name of names.length > 0 ? names : Object.keys(rehearsals)) {
    await mustBeEmpty(world);
    const endWatch = world.watchCilium();
    try {
      await rehearsals[name as Name](world, join(folder, name));
    } finally {
      endWatch();
    }
  }
}

main().catch((failure: Error) => {
  process.stderr.write(`\n${failure.message}\n`);
  process.exitCode = 1;
});
