import { readFileSync } from "node:fs";
import { join } from "node:path";

import { newestRelease } from "../../releases/all";
import { type CacheEntry, cached } from "../setup/cache";
import { upstreamEntry, upstreamPins } from "../setup/upstream-files";

/** The controllers that the platform runs, of those in Flux's artifact. */
export const fluxControllerNames = [
  "source-controller",
  "kustomize-controller",
  "helm-controller",
  "notification-controller",
];

const fluxControllersEntry: CacheEntry = upstreamEntry(
  "flux",
  "Flux's controllers",
  fluxControllerNames.map((name) => ({
    module: `github.com/fluxcd/${name}`,
    pinnedIn: upstreamPins(newestRelease),
    from: "config/manager",
    names: ["deployment.yaml"],
    to: name,
  })),
);

/** Returns the Deployments of Flux's controllers of the newest release, as the controllers' modules have them: Flux's artifact names accounts and priorities too. */
export async function fluxDeployments(signal = new AbortController().signal): Promise<string> {
  const folder = await cached(fluxControllersEntry, signal);
  return fluxControllerNames.map((name) => readFileSync(join(folder, name, "deployment.yaml"), "utf8")).join("\n---\n");
}
