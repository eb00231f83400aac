import { worldEnvironment } from "./environment";
import { commandVariables, exportLine } from "./world-files";

/** Variables by which programs would find real accounts, or real state. */
const outside = /^(?:AWS|CDKTF|GH|GITHUB|HELM|KUBE|OTEL|TF)_/;

/**
 * Returns what a shell reads to be in a world: its variables, and the end of those that would lead out of it.
 * @param given - the variables of that shell
 */
export function environmentText(folder: string, given: Readonly<Record<string, string | undefined>>): string {
  const environment = worldEnvironment(given, commandVariables(folder));
  const others = Object.keys(given).filter((name) => outside.test(name) && !(name in environment));
  const changed = Object.entries(environment).filter(([name, value]) => given[name] !== value);
  const lines = [
    ...others.sort().map((name) => `unset ${name}\n`),
    ...changed.map(([name, value = ""]) => exportLine(name, value)),
  ];
  return lines.join("");
}
