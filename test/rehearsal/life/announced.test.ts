import { announced } from "../../../rehearsal/life/announced";
import { newestRelease, releases } from "../../../releases/all";
import type { ComponentName, Release } from "../../../releases/release";

const name = "demo-k8s-cilium";

/** Returns the newest release with another version of one component, and what is announced of the way there. */
function upgradeOf(component: ComponentName, version: string) {
  const to: Release = { ...newestRelease, [component]: { ...newestRelease[component], version } };
  return announced(name, newestRelease, to);
}

test("an upgrade to the same versions does nothing", () => {
  expect(announced(name, newestRelease, newestRelease)).toEqual({
    changes: { network: {}, cluster: {}, bootstrap: {} },
    calls: [],
    files: [],
  });
});

test("another Kubernetes is another node group, whose predecessor goes last, and touches no file", () => {
  const { changes, calls, files } = upgradeOf("kubernetes", "1.99");

  expect(Object.values(changes.cluster ?? {})).toEqual(["update"]);
  expect(Object.values(changes.bootstrap ?? {})).toEqual(["replace, successor first", "replace, successor first"]);
  expect(calls).toEqual(["UpdateClusterVersion", "CreateNodegroup", "DeleteNodegroup"]);
  expect(files).toEqual([]);
});

test("another Bottlerocket updates the node group as it is, and has Karpenter replace its nodes", () => {
  const { changes, calls, files } = upgradeOf("bottlerocket", "99.0.0");

  expect(changes.cluster).toEqual({});
  expect(Object.values(changes.bootstrap ?? {})).toEqual(["update", "update"]);
  expect(calls).toEqual(["UpdateNodegroupVersion"]);
  expect(files).toEqual([`karpenter/${name}/nodepools/default.yaml`]);
});

test.each<[ComponentName, readonly string[], number]>([
  ["cilium", [], 0],
  ["coreDns", ["UpdateAddon"], 0],
  ["flux", [], 1],
  ["karpenter", [], 1],
])("another %s is one update, of no node", (component, calls, files) => {
  const found = upgradeOf(component, "99.0.0");

  expect(Object.values(found.changes.bootstrap ?? {})).toEqual(["update"]);
  expect(found.changes.cluster).toEqual({});
  expect(found.calls).toEqual(calls);
  expect(found.files).toHaveLength(files);
});

test("of two releases, what each component does comes together", () => {
  const [from = newestRelease] = releases;
  const parts: readonly ComponentName[] = ["kubernetes", "bottlerocket", "cilium", "coreDns", "flux", "karpenter"];
  const alone = parts.map((part) => announced(name, from, { ...from, [part]: newestRelease[part] }));
  const addresses = alone.flatMap(({ changes }) => Object.keys({ ...changes.cluster, ...changes.bootstrap }));
  const { changes } = announced(name, from, newestRelease);

  expect(Object.keys({ ...changes.cluster, ...changes.bootstrap }).sort()).toEqual([...new Set(addresses)].sort());
});
