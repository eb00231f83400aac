import { targetOf } from "../../../../operations/upgrade/readiness/target";
import { newestRelease, releaseNamed } from "../../../../releases/all";
import { versionsOf } from "../../../../releases/release";
import { type Changes, runningCluster } from "./running-cluster";

const [second, third] = [releaseNamed("2026-10-05"), releaseNamed("2026-11-25")];
const later = { ...newestRelease, name: "2027-02-01" };

const all = (release: typeof second): Changes => ({
  ...versionsOf(release),
  kubelets: release.kubernetes.version,
  nodes: `Bottlerocket OS ${release.bottlerocket.version} (aws-k8s-${release.kubernetes.version})`,
});

test.each<[string, Changes, string]>([
  ["of the release before, with the same Kubernetes", all(second), third.name],
  ["with one part of the release before", { ...all(third), coreDns: second.coreDns.version }, third.name],
  [
    "of the release before, with a node that is kept from an earlier one",
    { ...all(second), nodes: all(releaseNamed("2026-08-31")).nodes ?? "" },
    third.name,
  ],
  ["with the Kubernetes of the release before", all(releaseNamed("2026-08-31")), third.name],
  ["of that release", all(third), later.name],
  ["of no release", { ...all(third), cilium: "1.0.0" }, later.name],
])("what is ahead of a cluster %s, whose settings have the third", async (_, changes, name) => {
  const { release } = await targetOf(runningCluster(third.name, changes), later);

  expect(release.name).toBe(name);
});

test("where what runs cannot be read, the control plane says how far it is", async () => {
  const unreadable = { deployments: () => Promise.reject(new Error("refused")) };

  const target = await targetOf({ ...runningCluster(third.name, all(second)), ...unreadable } as never, later);

  expect(target).toMatchObject({ release: later, running: "1.36" });
});
