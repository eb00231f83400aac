import { karpenterNodeRoleName } from "../../platform/names";
import { made } from "../../rehearsal/world/controllers/controllers";
import { addFinalizer, addFinalizers, serviceFinalizer } from "../../rehearsal/world/finalizers";
import type { KubernetesObject } from "../../rehearsal/world/kubectl";
import { followed } from "../../rehearsal/world/objects/flux";
import { workshop } from "./neighbours";
import type { World } from "./world";

/** Karpenter's, as Flux applies it. */
export function nodePool({ facts }: World): KubernetesObject {
  const found = followed(facts).find(({ kind }) => kind === "NodePool");
  if (!found) {
    throw new Error("the repository has no NodePool");
  }
  return found;
}

/** What a cluster that has run for a while has: finalizers, a load balancer, and what nobody cleaned up. */
export async function traces({ kubectl, facts, settings }: World): Promise<void> {
  const { name, region } = settings;
  const make = workshop(region, { vpc: facts.vpc, subnet: facts.subnets[0] ?? "" });
  const owned = { [`kubernetes.io/cluster/${name}`]: "owned" };
  const launched = { ...owned, "eks:eks-cluster-name": name };
  const group = await make.securityGroup("k8s-elb-a1b2c3", owned);
  await make.classic("a1b2c3", group, owned);

  // Left behind.
  await make.securityGroup("k8s-elb-d4e5f6", owned);
  await make.network("d4e5f6", owned);
  await make.targetGroup("d4e5f6", owned);
  await make.instance({ ...launched, "karpenter.sh/nodepool": "default", Name: `${name}-karpenter` });
  await make.launchTemplate("karpenter.k8s.aws/1234567890", launched, {
    IamInstanceProfile: { Name: karpenterNodeRoleName(settings) },
  });
  await make.interface({ "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": name, Cluster: name });

  await kubectl.put([
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "web",
        namespace: "default",
        annotations: { [made.loadBalancer]: "a1b2c3", [made.securityGroup]: group },
      },
      spec: { type: "LoadBalancer", ports: [{ name: "http", port: 80 }] },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "web", namespace: "default" },
      spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
    },
  ]);
  const driver = "ebs.csi.aws.com";
  await kubectl.put([
    {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: "pvc-1", annotations: { "pv.kubernetes.io/provisioned-by": driver } },
      spec: {
        capacity: { storage: "1Gi" },
        accessModes: ["ReadWriteOnce"],
        persistentVolumeReclaimPolicy: "Delete",
        storageClassName: "gp3",
        claimRef: { namespace: "default", name: "data" },
        csi: { driver, volumeHandle: "vol-0a1b2c3d4e5f60718" },
      },
    },
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "data", namespace: "default" },
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "1Gi" } },
        storageClassName: "gp3",
        volumeName: "pvc-1",
      },
    },
  ]);
  await addFinalizer(kubectl, "service/web --namespace=default", serviceFinalizer);
  await addFinalizers(kubectl);
}
