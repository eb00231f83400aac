import { join } from "node:path";

import { outputFolder } from "../../platform/output-folder";
import { type StackPart, stackName, stackParts } from "../../platform/parts";
import { terraformProgram } from "../../platform/terraform";
import { changedComponents, changedProviders, type Release } from "../../releases/release";
import type { Cluster } from "../../schema/settings";
import { verifyInvocation } from "../verify/next-commands";
import { stackChanges } from "./stack-changes";

/** Commands that belong together. */
export interface CommandGroup {
  /** What they are for: a sentence. */
  readonly about: string;
  readonly commands: readonly string[];
}

/** Returns what to type to take a step, from its checks to the proof that it is done. */
export function stepCommands(
  settings: Cluster,
  from: Release,
  to: Release,
  environment: NodeJS.ProcessEnv,
): readonly CommandGroup[] {
  const { name } = settings;
  const upgrade = `npm run upgrade -- ${name} --to ${to.name}`;
  const changed = changedComponents(from, to);
  const [newKubernetes, newCilium] = [changed.includes("kubernetes"), changed.includes("cilium")];
  return [
    {
      about: "Is the cluster ready? This reads, with credentials, and changes nothing.",
      commands: [`${upgrade} --check`],
    },
    {
      about: `Change release to "${to.name}" in settings.ts, and rehearse that without an account.${
        newCilium
          ? " With another Cilium the rehearsal ends with 2, since its agents restart, which is a danger by rule (cilium-agents-restart): read whether it has found any other."
          : ""
      }`,
      commands: [`${upgrade} --write`, "npm run synth", `npm run rehearse -- ${name} --from HEAD`],
    },
    ...(newKubernetes
      ? [
          {
            about: `Have an API server of Kubernetes ${to.kubernetes.version} look at what Flux applies, in a checkout of its repository.`,
            commands: [`npm run rehearse -- ${name} --flux-repository ../${settings.repository.name}`],
          },
        ]
      : []),
    {
      about: `Read what the plans would lose or restart; then commit settings.ts.${newCilium ? " This ends with 2, too." : ""}`,
      commands: [`npm run review -- ${name}`],
    },
    ...stacksToApply(from, to).flatMap((stack) => [
      applyCommands(settings, stack, providersDiffer(from, to), environment),
      ...(stack === "cluster" && newKubernetes
        ? [
            {
              about: `Look at the cluster on its new control plane, as long as you want: from the apply of bootstrap on, the way back is longer. ${brokenMeanwhile(newCilium)}`,
              commands: [`npm run upgrade -- ${name} --check`],
            },
          ]
        : []),
    ]),
    { about: "The step is done when all holds.", commands: [verifyInvocation(settings)] },
  ];
}

/** Returns which lines of `--check` do not hold between the applies of cluster and bootstrap, by their titles. */
function brokenMeanwhile(newCilium: boolean): string {
  const titles = ["where it is", "verify", "versions of node groups", ...(newCilium ? ["upgrade of Cilium"] : [])];
  return `Until then the lines "${titles.join('", "')}" and "plans of today" are broken, and so is "nodes that Karpenter keeps" if you have closed its pools; any other that is broken is a fault.`;
}

/** Returns the stacks that a step changes; all of them if they get other providers. */
export function stacksToApply(from: Release, to: Release): readonly StackPart[] {
  const changed = new Set(stackChanges(from, to).map(({ stack }) => stack));
  return stackParts.filter((stack) => changed.has(stack) || providersDiffer(from, to));
}

function providersDiffer(from: Release, to: Release): boolean {
  return changedProviders(from, to).length > 0;
}

function applyCommands(
  { name, backend }: Cluster,
  part: StackPart,
  newProviders: boolean,
  environment: NodeJS.ProcessEnv,
): CommandGroup {
  const stack = stackName(name, part);
  if (backend.type === "cloud" && backend.vcs !== undefined) {
    return {
      about: `Push the commit, with what was synthesized; read the plan of the run in the workspace ${stack}, and confirm it.`,
      commands: [],
    };
  }
  const terraform = `${terraformProgram(environment)} -chdir=${join(outputFolder(environment), "stacks", stack)}`;
  const init = `${terraform} init${newProviders ? " -upgrade" : ""}`;
  return backend.type === "cloud"
    ? { about: `Apply ${part}: the run is shown, and asks.`, commands: [init, `${terraform} apply`] }
    : {
        about: `Apply ${part}: read its plan in between, and delete the file, which holds every value in plain text.`,
        commands: [
          init,
          `${terraform} plan -out=plan`,
          `${terraform} apply plan`,
          `rm ${join(outputFolder(environment), "stacks", stack, "plan")}`,
        ],
      };
}
