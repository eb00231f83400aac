import { commandVariables, exportLine } from "./world-files";

/** Variables by which programs would find real accounts. */
const outside = /^(?:AWS|GITHUB|TF_TOKEN|TF_CLOUD)_/;

/**
 * Returns what a shell reads to be in a world: its variables, and the end of those that would lead out of it.
 * @param given - the variables of that shell
 */
export function environmentText(folder: string, given: Readonly<Record<string, string | undefined>>): string {
  const variables = commandVariables(folder);
  const others = Object.keys(given).filter((name) => outside.test(name) && !(name in variables));
  const lines = [
    ...others.sort().map((name) => `unset ${name}\n`),
    ...Object.entries(variables).map(([name, value]) => exportLine(name, value)),
  ];
  return lines.join("");
}
