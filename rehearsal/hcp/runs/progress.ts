import { now } from "../records/now";
import type { Phase, Run, RunStatus } from "../records/run";
import type { Store } from "../records/store";
import type { Changes } from "../records/table";

/** Moves a run to a status, and says when. */
export function moveRun(store: Store, { id }: Run, status: RunStatus): Run {
  const { timestamps } = store.runs.the(id);
  return store.runs.change(id, { status, timestamps: { ...timestamps, [`${status.replaceAll("_", "-")}-at`]: now() } });
}

/** Changes a run's plan or apply, and says when it got there. */
export function changePhase(
  store: Store,
  { id }: Run,
  phase: "plan" | "apply",
  changes: Changes<Phase & { readonly json: string | null }> & Pick<Phase, "status">,
): Run {
  const run = store.runs.the(id);
  const moment = changes.status === "running" ? "started" : changes.status;
  const timestamps = { ...run[phase].timestamps, [`${moment}-at`]: now() };
  return store.runs.change(id, { [phase]: { ...run[phase], ...changes, timestamps } });
}
