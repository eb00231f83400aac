import type { Run } from "../records/run";
import { currentState } from "../records/state-change";
import { managedAddresses, readState, type StateFile } from "../records/state-version";
import type { Store } from "../records/store";

/** What a plan comes to. */
export interface Planned {
  /**
   * What `terraform show -json` says of it: text, or what becomes it.
   * @default - a plan without changes
   */
  readonly json?: string | Buffer | object;
  /**
   * What Terraform prints.
   * @default - a line
   */
  readonly log?: string;
  /**
   * Whether it fails.
   * @default false
   */
  readonly fails?: boolean;
}

/** What an apply comes to. */
export interface Applied {
  /**
   * The state after it, as a state file.
   * @default - the one before it
   */
  readonly state?: string | object;
  /**
   * What Terraform prints.
   * @default - a line
   */
  readonly log?: string;
  /**
   * Whether it fails.
   * @default false
   */
  readonly fails?: boolean;
}

/** What stands for Terraform in the stand-in's runs. */
export interface RunTerraform {
  plan(run: Run): Promise<Planned>;
  apply(run: Run): Promise<Applied>;
}

/** A Terraform that destroys what is in the state if a run is to destroy, and changes nothing otherwise. */
export function simulatedTerraform(store: Store): RunTerraform {
  const stateOf = ({ workspace }: Run): StateFile | undefined => {
    const text = currentState(store, workspace);
    return text === undefined ? undefined : readState(text);
  };
  return {
    async plan(run) {
      const state = stateOf(run);
      return { json: planJson(run, run.attributes["is-destroy"] && state ? deletions(state) : []) };
    },
    async apply(run) {
      const state = stateOf(run);
      return run.attributes["is-destroy"] && state
        ? { state: { version: 4, ...state, serial: state.serial + 1, outputs: {}, resources: [] } }
        : {};
    },
  };
}

export function planJson({ attributes }: Run, changes: readonly object[]) {
  return {
    format_version: "1.2",
    terraform_version: attributes["terraform-version"],
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: {} },
    applyable: changes.length > 0,
    complete: true,
    errored: false,
  };
}

function deletions(state: StateFile) {
  const resources = state.resources.filter(({ mode }) => mode === "managed");
  return resources.flatMap((resource) => {
    const addresses = managedAddresses({ ...state, resources: [resource] });
    const provider = /"(.*)"/.exec(resource.provider)?.[1] ?? resource.provider;
    return resource.instances.map((instance, number) => ({
      address: addresses[number],
      mode: "managed",
      type: resource.type,
      name: resource.name,
      provider_name: provider,
      change: { actions: ["delete"], before: instance["attributes"] ?? {}, after: null, after_unknown: {} },
    }));
  });
}
