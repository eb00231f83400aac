import { ignoreClosedOutput } from "./platform/closed-output";
import { outputFolder } from "./platform/output-folder";
import { stackParts } from "./platform/parts";
import { deferSignals } from "./platform/signals";
import { terraformProgram } from "./platform/terraform";
import { visible } from "./platform/visible-text";
import { checkSettingsFile } from "./schema/settings";
import * as settingsFile from "./settings";
import { readCommandLine } from "./stacks/command-line";
import { writeStacks } from "./stacks/platform";
import { refusal } from "./stacks/refusal";

ignoreClosedOutput();
readCommandLine();
const checked = checkSettingsFile(settingsFile);
process.stderr.write(checked.warnings.map((warning) => `warning: ${visible(warning)}\n`).join(""));
const refused = refusal(checked, terraformProgram(process.env));
if (refused) {
  process.stderr.write(visible(refused));
  process.exitCode = 1;
} else {
  deferSignals();
  const folder = writeStacks(checked.clusters, { outdir: outputFolder(process.env) });
  process.stdout.write(`${stackParts.length * checked.clusters.length} stacks in ${folder}\n`);
}
