import type { Path } from "../../terraform/plan/plan";

/** Terraform's `action_reason` in plain words. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["replace_because_tainted", "its creation failed half-way, or it was marked as tainted"],
  ["replace_because_cannot_update", "it cannot be changed in place"],
  ["replace_by_request", "asked for with -replace"],
  ["replace_by_triggers", "something in its replace_triggered_by changes"],
  ["delete_because_no_resource_config", "it is no longer in the configuration"],
  ["delete_because_no_module", "its module is no longer in the configuration"],
  ["delete_because_wrong_repetition", "its count or for_each came or went"],
  ["delete_because_count_index", "its count is lower now"],
  // This is OpenTofu's alone.
  ["delete_because_enabled_false", "its lifecycle does not enable it any more"],
  ["delete_because_each_key", "its key is no longer in for_each"],
  ["delete_because_no_move_target", "it was moved to what is no longer in the configuration"],
  ["instance_count_unknown", "how many there are is not known yet"],
  ["resource_config_unknown", "its arguments are not known yet"],
  ["provider_config_unknown", "how its provider is set up is not known yet"],
  ["absent_prereq", "what it depends on is not there yet"],
  ["deferred_prereq", "what it depends on is put off too"],
  ["read_because_config_unknown", "its arguments are known after apply"],
  ["read_because_dependency_pending", "what it depends on changes"],
  ["read_because_check_nested", "a check reads it at every apply"],
]);

/** Returns the plain words for an `action_reason`; a reason of a newer Terraform with spaces for its underscores. */
export function reasonWords(reason: string | undefined): string | undefined {
  return reason === undefined
    ? undefined
    : (reasons.get(reason) ?? (/^\w+$/.test(reason) ? reason.replaceAll("_", " ") : reason));
}

/** Returns a path as people write it: `vpc_config[0].subnet_ids`. */
export function pathWords(path: Path): string {
  return path.map(stepWords).join("").replace(/^\./, "");
}

function stepWords(step: string | number): string {
  return typeof step === "string" && /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
