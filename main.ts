import { ignoreClosedOutput } from "./platform/closed-output";
import { outputFolder } from "./platform/output-folder";
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
warn(checked.warnings);
const refused = refusal(checked, terraformProgram(process.env));
if (refused) {
  process.stderr.write(visible(refused));
  process.exitCode = 1;
} else {
  deferSignals();
  const { folder, count, warnings } = writeStacks(checked.clusters, { outdir: outputFolder(process.env) });
  warn(warnings);
  process.stdout.write(`${count} stacks in ${folder}\n`);
}

function warn(warnings: readonly string[]): void {
  process.stderr.write(warnings.map((warning) => `warning: ${visible(warning)}\n`).join(""));
}
