import type { Cluster } from "../../schema/settings";

/**
 * Says how to be in a world that runs, and how to end it.
 * @param dir - its folder, as people type it
 */
export function nextSteps(dir: string, { name, admins: [admin] }: Cluster, hasPlatform: boolean): string {
  const lines = [
    hasPlatform ? `${name} runs in the world in ${dir}. To look at it:` : `a world runs in ${dir}. To be in it:`,
    "",
    `  eval "$(npm run --silent world -- env ${dir})"`,
    ...(hasPlatform ? [`  npm run verify -- ${name}`] : []),
    "",
    `You are ${admin} there. To end it: npm run world -- down ${dir}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}
