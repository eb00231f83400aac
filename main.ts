import { ignoreClosedOutput } from "./platform/closed-output";
import { stackParts } from "./platform/parts";
import { checkSettings } from "./schema/settings";
import { clusters as settings } from "./settings";
import { platformApp } from "./stacks/platform";

ignoreClosedOutput();
const { clusters, problems, warnings } = checkSettings(settings);
for (const warning of warnings) {
  process.stderr.write(`warning: ${warning}\n`);
}
if (problems.length > 0) {
  const mistakes = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
  process.stderr.write(`settings.ts has ${mistakes}\n\n  ${problems.join("\n\n  ")}\n`);
  process.exitCode = 1;
} else {
  const app = platformApp(clusters);
  app.synth();
  process.stdout.write(`${stackParts.length * clusters.length} stacks in ${app.outdir}/stacks\n`);
}
