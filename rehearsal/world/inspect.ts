import { visibleLine } from "../../platform/visible-text";
import type { Entry } from "./entries";
import type { RunningWorld } from "./running-world";

/** Returns all that there is in a world's AWS and GitHub, a line each. */
export async function inventoryText(world: RunningWorld): Promise<string> {
  const inventory = Object.entries(await world.inventory());
  const repositories = await world.repositories();
  const lines = [
    ...inventory.flatMap(([kind, ids]) => ids.map((id) => `${kind}  ${id}`)),
    ...repositories.flatMap(({ full_name, archived, files }) => [
      `repository  ${full_name}${archived ? " (archived)" : ""}`,
      ...files.map((file) => `file  ${full_name}/${file}`),
    ]),
  ];
  return lines.map((line) => `${visibleLine(line)}\n`).join("");
}

/** Returns what was changed in a world, in the order of time, a line each. */
export async function journalText(world: RunningWorld): Promise<string> {
  const line = ({ time, what }: Entry) => `${new Date(time).toISOString().slice(11, 23)}  ${visibleLine(what)}\n`;
  return (await world.journal()).map(line).join("");
}
