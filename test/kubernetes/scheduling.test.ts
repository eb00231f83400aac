import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { startControlPlane, stopControlPlane } from "../../rehearsal/kubernetes/control-plane";
import { Kubectl } from "../../rehearsal/world/kubectl";
import { podsPerNode } from "../../schema/instance-types";
import { allocatable, workloads } from "../support/demo-workloads";

const folder = mkdtempSync(join(tmpdir(), "scheduling-"));
const nodes = ["a", "b"];
let kubectl: Kubectl;

beforeAll(async () => {
  kubectl = new Kubectl((await startControlPlane({ folder })).kubeconfig);
  for (const name of nodes) {
    const labels = {
      "kubernetes.io/arch": "arm64",
      "kubernetes.io/hostname": name,
      "kubernetes.io/os": "linux",
      "topology.kubernetes.io/zone": `eu-central-1${name}`,
    };
    const size = { cpu: `${allocatable.cpu}m`, memory: `${allocatable.memory}Mi`, pods: `${podsPerNode}` };
    const status = { allocatable: size, capacity: size };
    await kubectl.put([{ apiVersion: "v1", kind: "Node", metadata: { name, labels }, status }]);
  }
  for (const name of ["flux-system", "karpenter"]) {
    await kubectl.put([{ apiVersion: "v1", kind: "Namespace", metadata: { name } }]);
  }
});

afterAll(async () => {
  await stopControlPlane(folder);
  rmSync(folder, { recursive: true });
});

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly nodeName?: string };
}

/** Returns the pods that have a node, once there are as many as this; or after half a minute, what there is. */
async function placed(count: number, selector = ""): Promise<Pod[]> {
  const words = ["get", "pods", "--all-namespaces", `--selector=${selector}`, "--output=json"];
  for (let second = 0; ; second += 1) {
    const { items }: { items: Pod[] } = JSON.parse(await kubectl.run(words));
    const pods = items.filter(({ spec }) => spec.nodeName !== undefined);
    if (pods.length >= count || second === 30) {
      return pods;
    }
    await setTimeout(1000);
  }
}

test("the scheduler finds a place for every pod of the demo on its two nodes", async () => {
  const all = await workloads();
  for (const { metadata, ...workload } of all) {
    const { name, namespace = "flux-system" } = metadata;
    const text = JSON.stringify({ ...workload, metadata: { name, namespace } });
    // Controllers make this account; those of the charts are not made here.
    await kubectl.apply(text.replaceAll(/"serviceAccount(Name)?":"[^"]*"/g, '"serviceAccountName":"default"'));
  }
  const expected = all.map(({ kind, spec }) => ({ CronJob: 0, DaemonSet: 2, Job: 1 })[kind] ?? spec.replicas);
  const count = expected.reduce((sum, pods) => sum + pods, 0);

  expect(count).toBeGreaterThan(15);
  expect(await placed(count)).toHaveLength(count);
});

test("CoreDNS has one replica on each node, and both on the other while one is cordoned", async () => {
  const dns = "k8s-app=kube-dns";
  const nodesOf = async () => (await placed(2, dns)).map(({ spec }) => spec.nodeName).sort();
  expect(await nodesOf()).toEqual(nodes);

  await kubectl.run(["cordon", "a"]);
  await kubectl.run(["delete", "pods", "--namespace=kube-system", `--selector=${dns}`]);
  expect(await nodesOf()).toEqual(["b", "b"]);
});
