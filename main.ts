import { ignoreClosedOutput } from "./platform/closed-output";
import { stackParts } from "./platform/parts";
import { deferSignals } from "./platform/signals";
import { visible } from "./platform/visible-text";
import { checkSettings } from "./schema/settings";
import { clusters as settings } from "./settings";
import { writeStacks } from "./stacks/platform";
import { terraformProblem } from "./stacks/terraform-version";

ignoreClosedOutput();
const { clusters, problems, warnings } = checkSettings(settings);
process.stderr.write(warnings.map((warning) => `warning: ${visible(warning)}\n`).join(""));
const problem = terraformProblem(clusters, process.env.TERRAFORM_BINARY_NAME || undefined);
if (problems.length > 0) {
  const mistakes = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
  process.stderr.write(`settings.ts has ${mistakes}\n\n  ${visible(problems.join("\n\n  "))}\n`);
  process.exitCode = 1;
} else if (problem) {
  process.stderr.write(`error: ${problem}\n`);
  process.exitCode = 1;
} else {
  deferSignals();
  process.stdout.write(`${stackParts.length * clusters.length} stacks in ${writeStacks(clusters)}\n`);
}
