/** What a plan does to a resource. */
type PlannedAction = "create" | "update" | "delete" | "replace" | "replace, successor first";

/** What a plan does, by address; without what stays, and without data that is read. */
export type Changes = Readonly<Record<string, PlannedAction>>;

/** Stands for an address where a plan changes outputs and no resource. */
export const outputsAlone = "(outputs alone)";

/** What a plan says of one resource. */
interface PlannedChange {
  readonly address: string;
  readonly change: { readonly actions: readonly string[] };
}

/** Returns what a plan does, by address. */
export function changesIn(changes: readonly PlannedChange[]): Changes {
  return Object.fromEntries(
    changes.flatMap(({ address, change: { actions } }): [string, PlannedAction][] => {
      const [first, second] = actions.filter((action) => action !== "no-op" && action !== "read");
      if (!first) {
        return [];
      }
      const replaced = first === "create" ? "replace, successor first" : "replace";
      return [[address, second ? replaced : (first as PlannedAction)]];
    }),
  );
}
