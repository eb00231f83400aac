/** Returns ids of what waits to be deleted, in a state as `terraform show -json` prints it. */
export function deposedIdsIn(json: string): string[] {
  const { values } = JSON.parse(json) as { readonly values: StateValues | undefined };
  const deposed = resourcesOf(values?.root_module).filter((one) => one.deposed_key !== undefined);
  return deposed.flatMap((one) => one.values?.id ?? []);
}

/** Values of a state, as Terraform writes them in JSON (Terraform, "JSON output format"). */
interface StateValues {
  readonly root_module: StateModule | undefined;
}

interface StateModule {
  readonly resources: readonly StateResource[] | undefined;
  readonly child_modules: readonly StateModule[] | undefined;
}

interface StateResource {
  readonly deposed_key: string | undefined;
  readonly values: { readonly id: string | undefined } | undefined;
}

/** Returns the resources of a module and of all modules in it. */
function resourcesOf(module: StateModule | undefined): StateResource[] {
  return [...(module?.resources ?? []), ...(module?.child_modules ?? []).flatMap(resourcesOf)];
}
