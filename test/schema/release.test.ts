import { demoRelease } from "../../rehearsal/life/demo-settings";
import { newestRelease } from "../../releases/all";
import type { Release } from "../../releases/release";
import type { CheckedSettings } from "../../schema/settings";
import { expectMistake, mistakesAt } from "./mistakes";

const release = mistakesAt("release", (value) => ({ release: value }));

test.each([
  release("a cluster without a release", undefined, `such as the newest, '${newestRelease.name}': there are`),
  release("a release with a slip", "2026-11-52", `did you mean '${newestRelease.name}'?`),
  release("a release that is to come", "2031-01-01", "must be the name of a release in releases/"),
  release("a release that is a number", 20261125, "must be the name of a release in releases/"),
  release(
    "a release that is gone",
    "2025-12-24",
    "git log -1 --format='%H^' -- releases/2025-12-24.ts prints the last commit that had it",
  ),
  release("one from the middle that is gone", "2026-09-01", "is no release any more, if it was one; there are '2026-"),
  release("a version in a release's place", "1.36", "must be the name of a release in releases/"),
])("%s is refused", expectMistake);

/** Checks the demo, whose release is changed. */
function checkWith(changes: Partial<Release>): CheckedSettings {
  let checked: CheckedSettings | undefined;
  jest.isolateModules(() => {
    jest.doMock(`../../releases/${demoRelease.name}`, () => ({ release: { ...demoRelease, ...changes } }));
    const mistakes: { check(settings: object): CheckedSettings } = require("./mistakes");
    checked = mistakes.check({});
  });
  if (checked === undefined) {
    throw new Error("nothing was checked");
  }
  return checked;
}

test.each<[string, Partial<Release>, string]>([
  [
    "Kubernetes ahead of Karpenter and the others",
    { kubernetes: { ...demoRelease.kubernetes, version: "1.37" } },
    "has Karpenter 1.14.3, which is tested on Kubernetes 1.26 to 1.36",
  ],
  [
    "Cilium that is behind",
    { cilium: { ...demoRelease.cilium, version: "1.19.8" } },
    "has Cilium 1.19.8, which is tested on Kubernetes 1.32 to 1.35",
  ],
  [
    "a version of which nobody has looked up what it fits",
    { flux: { ...demoRelease.flux, version: "2.31.0" } },
    "has Flux 2.31.0, of which releases/compatibility.ts does not say",
  ],
  [
    "Bottlerocket from before that Kubernetes",
    { bottlerocket: { ...demoRelease.bottlerocket, version: "1.60.0" } },
    "has Bottlerocket 1.60.0, which has no Kubernetes 1.36: 1.61.0 is the first that does",
  ],
  [
    "a provider of another major version than its bindings",
    { providers: { ...demoRelease.providers, aws: { source: "hashicorp/aws", version: "7.0.0" } } },
    "has version 7.0.0 of the provider aws, whose bindings are of 6.25.0",
  ],
])("a release with %s is refused, with the way out", (_, changes, message) => {
  expect(checkWith(changes).problems).toContainEqual(
    expect.stringMatching(
      new RegExp(`^clusters\\[0\\]\\.release: '${demoRelease.name}' ${message.replaceAll(".", "\\.")}`),
    ),
  );
});

test("a fault that is known of a release is a warning, with the way out", () => {
  expect(checkWith({ faults: ["it forgets addresses"] }).warnings).toEqual([
    `demo-k8s-cilium: release ${demoRelease.name}: it forgets addresses; a later one is without it: npm run upgrade -- demo-k8s-cilium`,
  ]);
});
