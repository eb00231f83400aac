/** Returns the resources in a state as `terraform show -json` prints it; undefined if that is anything else. */
export function resourcesIn(json: string): StateResource[] | undefined {
  try {
    const state: State | null = JSON.parse(json);
    return state?.format_version === undefined ? undefined : resourcesOf(state.values?.root_module);
  } catch {
    return undefined;
  }
}

interface State {
  readonly format_version: string | undefined;
  readonly values: StateValues | undefined;
}

/** Values of a state, as Terraform writes them in JSON (Terraform, "JSON output format"). */
interface StateValues {
  readonly root_module: StateModule | undefined;
}

interface StateModule {
  readonly resources: readonly StateResource[] | undefined;
  readonly child_modules: readonly StateModule[] | undefined;
}

/** A resource in a state. */
export interface StateResource {
  readonly address: string;
  readonly deposed_key: string | undefined;
  readonly values: { readonly id: string | undefined; readonly input: unknown } | undefined;
}

/** Returns the ids of resources that have one. */
export function idsOf(resources: readonly StateResource[]): string[] {
  return resources.flatMap(({ values }) => values?.id ?? []);
}

/** Returns the resources of a module and of all modules in it. */
function resourcesOf(module: StateModule | undefined): StateResource[] {
  return [...(module?.resources ?? []), ...(module?.child_modules ?? []).flatMap(resourcesOf)];
}
