import type { Run } from "../records/run";
import { storeRunState } from "../records/state-change";
import type { Store } from "../records/store";
import { readChanges } from "./plan-counts";
import { changePhase } from "./progress";
import type { RunTerraform } from "./terraform";

/** Plans, and returns what came of it; undefined if the run was ended meanwhile. */
export async function planRun(
  store: Store,
  terraform: RunTerraform,
  run: Run,
): Promise<"errored" | "unchanged" | "changed" | undefined> {
  changePhase(store, run, "plan", { status: "running" });
  const { json = {}, fails = false, log = "Terraform plan\n" } = await terraform.plan(run);
  if (store.runs.the(run.id).status !== "planning") {
    return undefined;
  }
  store.objects.store(log, run.plan.log);
  if (fails) {
    changePhase(store, run, "plan", { status: "errored" });
    return "errored";
  }
  const text = typeof json === "string" || Buffer.isBuffer(json) ? json.toString() : JSON.stringify(json);
  const { counts, hasChanges } = readChanges(text);
  changePhase(store, run, "plan", { status: "finished", counts, json: store.objects.store(text) });
  store.runs.change(run.id, { hasChanges });
  return hasChanges || run.attributes["allow-empty-apply"] ? "changed" : "unchanged";
}

/** Applies, and returns what came of it; undefined if the run was ended meanwhile. */
export async function applyRun(
  store: Store,
  terraform: RunTerraform,
  run: Run,
): Promise<"errored" | "applied" | undefined> {
  changePhase(store, run, "apply", { status: "running" });
  const { state, fails = false, log = "Terraform apply\n" } = await terraform.apply(run);
  if (store.runs.the(run.id).status !== "applying") {
    return undefined;
  }
  store.objects.store(log, run.apply.log);
  if (state !== undefined) {
    const text = typeof state === "string" ? state : JSON.stringify(state);
    store.runs.change(run.id, { stateVersion: storeRunState(store, run.workspace, run.id, text).id });
  }
  if (fails) {
    changePhase(store, run, "apply", { status: "errored" });
    return "errored";
  }
  changePhase(store, run, "apply", { status: "finished", counts: run.plan.counts });
  return "applied";
}
