import { ignoreClosedOutput } from "./platform/closed-output";
import { stackParts } from "./platform/parts";
import { deferSignals } from "./platform/signals";
import { visible } from "./platform/visible-text";
import { checkSettings } from "./schema/settings";
import { clusters as settings } from "./settings";
import { readCommandLine } from "./stacks/command-line";
import { writeStacks } from "./stacks/platform";
import { refusal } from "./stacks/refusal";

ignoreClosedOutput();
readCommandLine();
const checked = checkSettings(settings);
process.stderr.write(checked.warnings.map((warning) => `warning: ${visible(warning)}\n`).join(""));
const refused = refusal(checked, process.env.TERRAFORM_BINARY_NAME || undefined);
if (refused) {
  process.stderr.write(visible(refused));
  process.exitCode = 1;
} else {
  deferSignals();
  process.stdout.write(`${stackParts.length * checked.clusters.length} stacks in ${writeStacks(checked.clusters)}\n`);
}
