import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type StackPart, stackName } from "../../platform/parts";
import { Platform } from "../../rehearsal/terraform/platform";
import { applyFirst } from "../../rehearsal/terraform/stacks";
import { inWorld } from "../../rehearsal/world/up";
import { cluster } from "../support/settings";

/** A plan as `terraform show -json` prints it, and the stack that it is of. */
export interface Plan {
  readonly file: string;
  /** How many resources Terraform would have after it. */
  readonly resources: number;
}

/** The demo, with everything on that settings leave off. */
const allOn = {
  endpoints: ["ecr.api", "ecr.dkr", "ec2", "sts", "logs", "eks", "sqs", "ssm"],
  flowLogs: true,
  ingress: "nlb",
  tags: { Team: "platform" },
} as const;

/**
 * Plans a platform with everything on, and the network of the demo, in a world. What can be is applied and planned again: of a policy that
 * names something which is not there yet, Terraform knows no text. Returns the plans, and the folder of the stacks as they were synthesized.
 */
export async function makePlans(folder: string): Promise<{ plans: readonly Plan[]; stacks: string }> {
  const { signal } = new AbortController();
  const [demo, full] = [cluster(), cluster({ ...allOn, endpoints: [...allOn.endpoints] })];
  const folders = { demo: join(folder, "demo"), full: join(folder, "full") };
  await inWorld(
    { folder: join(folder, "world"), cluster: full, signal, controllers: false },
    async ({ environment }) => {
      const least = await Platform.create({ folder: folders.demo, settings: demo, environment, signal });
      await least.stacks.network.init();
      await least.stacks.network.plan("create");
      const { stacks } = await Platform.create({ folder: folders.full, settings: full, environment, signal });
      for (const part of ["network", "cluster"] as const) {
        await applyFirst(stacks[part], () => {});
        await stacks[part].plan("again");
      }
      await stacks.bootstrap.init();
      await stacks.bootstrap.plan("create");
    },
  );
  const plan = (of: "demo" | "full", part: StackPart) =>
    lastPlan(join(folders[of], "plans"), stackName(full.name, part));
  return {
    plans: [plan("demo", "network"), plan("full", "network"), plan("full", "cluster"), plan("full", "bootstrap")],
    stacks: join(folders.full, "project", "cdktf.out", "stacks"),
  };
}

function lastPlan(folder: string, stack: string): Plan {
  const name = readdirSync(folder)
    .filter((one) => one.startsWith(stack))
    .sort()
    .at(-1);
  const file = join(folder, name ?? stack);
  return { file, resources: countOf(JSON.parse(readFileSync(file, "utf8")).planned_values.root_module) };
}

interface Module {
  readonly resources?: readonly { readonly mode: string }[];
  readonly child_modules?: readonly Module[];
}

function countOf({ resources = [], child_modules = [] }: Module): number {
  const own = resources.filter(({ mode }) => mode === "managed").length;
  return child_modules.reduce((sum, module) => sum + countOf(module), own);
}
