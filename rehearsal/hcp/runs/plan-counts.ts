import type { Counts } from "../records/run";

export const noCounts: Counts = {
  "resource-additions": 0,
  "resource-changes": 0,
  "resource-destructions": 0,
  "resource-imports": 0,
};

/** What is read of a plan's JSON. */
interface PlanDocument {
  readonly resource_changes: readonly PlannedChange[] | undefined;
  readonly output_changes: Readonly<Record<string, { readonly actions: readonly string[] }>> | undefined;
}

interface PlannedChange {
  readonly mode: string;
  readonly change: { readonly actions: readonly string[]; readonly importing: object | undefined };
}

/** Returns what a plan's JSON adds, changes, destroys and imports, and whether it changes anything, outputs among it. */
export function readChanges(json: string): { readonly counts: Counts; readonly hasChanges: boolean } {
  const { resource_changes = [], output_changes = {} } = JSON.parse(json) as PlanDocument;
  const managed = resource_changes.filter(({ mode }) => mode === "managed").map(({ change }) => change);
  const having = (action: string) => managed.filter(({ actions }) => actions.includes(action)).length;
  const counts = {
    "resource-additions": having("create"),
    "resource-changes": having("update"),
    "resource-destructions": having("delete"),
    "resource-imports": managed.filter(({ importing }) => importing !== undefined).length,
  };
  const outputs = Object.values(output_changes).some(({ actions }) => !actions.includes("no-op"));
  return { counts, hasChanges: outputs || Object.values(counts).some((count) => count > 0) };
}
