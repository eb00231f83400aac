import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder with the programs that stand in for AWS, GitHub and a control plane. */
export function rehearsalFolder(): string {
  const folder = process.env.REHEARSAL;
  if (!folder) {
    throw new Error("REHEARSAL is not set: the folder with the world to rehearse in; see README.md");
  }
  return folder;
}

/** The variables by which programs find a world's servers. */
export async function environmentOf(folder: string): Promise<Record<string, string>> {
  const { stdout } = await run("bash", ["-c", '. "$1" && env -0', "bash", join(folder, "env")]);
  const variables = stdout.split("\0").filter((line) => line.includes("="));
  return Object.fromEntries(
    variables.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
