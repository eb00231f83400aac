import type { Cluster } from "../../schema/settings";

/**
 * Says how to be in a world that runs, and how to end it.
 * @param dir - its folder, as people type it
 */
export function nextSteps(dir: string, cluster: Cluster, hasPlatform: boolean): string {
  const { name } = cluster;
  const lines = [
    hasPlatform ? `${name} runs in the world in ${dir}. To look at it:` : `a world runs in ${dir}. To be in it:`,
    "",
    `  eval "$(npm run --silent world -- env ${dir})"`,
    ...(hasPlatform ? [`  npm run verify -- ${name}`] : []),
    "",
    `You are ${whoYouAre(cluster)} there. To end it: npm run world -- down ${dir}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Returns whose credentials a world gives. The user is that of rehearsal/aws/emulator/account.py, who may assume the role and do nothing else. */
function whoYouAre({ account, admins: [admin], deployRole }: Cluster): string {
  if (deployRole === undefined) {
    return `${admin}`;
  }
  const [, partition] = deployRole.split(":");
  return `arn:${partition}:iam::${account}:user/rehearsal/caller, who may assume ${deployRole},`;
}
