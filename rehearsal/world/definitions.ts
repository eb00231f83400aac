import type { Release } from "../../releases/release";
import { definitionsFolder } from "../kubernetes/definitions";
import type { Kubectl } from "./kubectl";

/** Applies the definitions that charts and controllers of a release bring, so that their objects can be written. */
export async function applyDefinitions(kubectl: Kubectl, release: Release, signal: AbortSignal): Promise<void> {
  const folders: string[] = [];
  // One after the other: all three lie in one entry of the cache, which the first fetches.
  for (const owner of ["cilium", "flux", "karpenter"] as const) {
    folders.push(await definitionsFolder(owner, release, signal));
  }
  await kubectl.run(["apply", "--server-side", ...folders.map((path) => `--filename=${path}`)]);
  await kubectl.run(["wait", "--for=condition=Established", "customresourcedefinitions", "--all", "--timeout=60s"]);
}
