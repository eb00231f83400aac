/** Returns the resources in a state as `terraform show -json` prints it. */
export function resourcesIn(json: string): StateResource[] {
  const { values } = JSON.parse(json) as { readonly values: StateValues | undefined };
  return resourcesOf(values?.root_module);
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
  readonly deposed_key: string | undefined;
  readonly values: { readonly id: string | undefined } | undefined;
}

/** Returns the ids of resources that have one. */
export function idsOf(resources: readonly StateResource[]): string[] {
  return resources.flatMap(({ values }) => values?.id ?? []);
}

/** Returns the resources of a module and of all modules in it. */
function resourcesOf(module: StateModule | undefined): StateResource[] {
  return [...(module?.resources ?? []), ...(module?.child_modules ?? []).flatMap(resourcesOf)];
}
