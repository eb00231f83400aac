import { newestRelease, releases } from "../releases/all";
import type { Release } from "../releases/release";
import { removedApis, unknownRemovals } from "../releases/removed-apis";

const of = (kubernetes: string, flux: string): Release => ({
  ...newestRelease,
  kubernetes: { ...newestRelease.kubernetes, version: kubernetes },
  flux: { ...newestRelease.flux, version: flux },
});
const removed = (kubernetes: string, flux: string) =>
  removedApis(of(kubernetes, flux)).map(({ group, version }) => `${group}/${version}`);

test("what a version took out, later ones do not have either", () => {
  expect(removed("1.34", "2.7.9")).toEqual([]);
  expect(removed("1.36", "2.7.9")).toEqual(removed("1.35", "2.7.9"));
  expect(removed("1.37", "2.7.9")).toEqual(expect.arrayContaining(removed("1.36", "2.7.9")));
  expect(removed("1.34", "2.10.0")).toEqual(removed("1.34", "2.9.0"));
});

test("nothing is listed in a version that is out at the same time", () => {
  const all = removedApis(of("1.37", "2.9.0"));

  for (const { group, version, resources } of all) {
    for (const listedAs of Object.values(resources)) {
      expect(listedAs).not.toBe(version);
      expect(all.some((other) => other.group === group && other.version === listedAs)).toBe(false);
    }
  }
});

test("of all releases it is known what they took out, and of later versions it is said that it is not", () => {
  expect(releases.map(unknownRemovals).filter((one) => one !== undefined)).toEqual([]);
  expect(unknownRemovals(of("1.38", "2.9.0"))).toBe("kubernetes");
  expect(unknownRemovals(of("1.37", "2.10.0"))).toBe("flux");
});
