import { release as r2026_08_31 } from "./2026-08-31";
import { release as r2026_10_05 } from "./2026-10-05";
import { release as r2026_11_25 } from "./2026-11-25";
import type { Release } from "./release";

/** All releases that a cluster may have, the oldest first. One that is taken out is refused from then on. */
export const releases: readonly [Release, ...Release[]] = [r2026_08_31, r2026_10_05, r2026_11_25];

export const newestRelease: Release = r2026_11_25;

/** Returns the release that settings name, which are checked before. */
export function releaseNamed(name: string): Release {
  const found = releases.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`there is no release '${name}'`);
  }
  return found;
}
