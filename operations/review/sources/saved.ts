import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { text } from "node:stream/consumers";

import { CommandError } from "../../command/failure";
import { howToMakeOne } from "../../terraform/plan/json";
import type { Plan } from "../../terraform/plan/plan";
import { readPlan } from "../../terraform/plan/read";
import { selected } from "./selection";

/** Reads plans that `terraform show -json` printed into files; `-` is standard input. */
export async function savedPlans(files: readonly string[], stacks: readonly string[]): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const { file, stack } of selected(
    files.map((file) => ({ file, stack: stackOf(file) })),
    stacks,
  )) {
    plans.push(readPlan(stack, file === "-" ? await text(process.stdin) : textOf(file)));
  }
  return plans;
}

function textOf(file: string): string {
  if (!existsSync(file)) {
    throw new CommandError(`there is no plan ${file}`, howToMakeOne);
  }
  if (statSync(file).isDirectory()) {
    throw new CommandError(`${file} is a folder`, { next: `name the plans in it: --plan ${file}/*.json` });
  }
  return readFileSync(file, "utf8");
}

/** Returns the stack that a file is named after: `network` for `network.json`, `network.tfplan.json` and `network/plan.json`. */
function stackOf(file: string): string {
  if (file === "-") {
    return "stdin";
  }
  const name = basename(file)
    .replace(/\.json$/, "")
    .replace(/(?:^|[-_.])(?:tf)?plan$/, "");
  return name || basename(dirname(resolve(file)));
}
