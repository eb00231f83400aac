import { newestRelease, releases } from "../releases/all";
import { componentNames } from "../releases/release";
import { platform } from "./support/synth";

jest.mock("../releases/2026-08-31", () => {
  const { release } = jest.requireActual("../releases/2026-08-31");
  const aws = { source: "hashicorp/aws", version: "6.30.0" };
  return { release: { ...release, providers: { ...release.providers, aws } } };
});

const [oldest] = releases;

test("clusters of one file may have other providers, each stack those of its cluster's release", () => {
  const older = platform({ release: oldest.name });
  const newer = platform({ release: newestRelease.name });

  for (const part of ["network", "cluster", "bootstrap"] as const) {
    expect(older[part].terraform.required_providers).toHaveProperty("aws.version", "6.30.0");
    expect(newer[part].terraform.required_providers).toHaveProperty("aws", newestRelease.providers.aws);
  }
});

test("a cluster has all versions of its release", () => {
  const { cluster, bootstrap } = platform({ release: oldest.name });
  const text = JSON.stringify([cluster, bootstrap]);

  expect(componentNames.filter((name) => !text.includes(oldest[name].version))).toEqual([]);
  expect(componentNames.filter((name) => oldest[name].version === newestRelease[name].version)).toEqual([]);
});
