import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateAccessEntryCommand, CreateClusterCommand, EKSClient } from "@aws-sdk/client-eks";

import { stopControlPlane } from "../../rehearsal/kubernetes/control-plane";
import { Kubectl } from "../../rehearsal/world/kubectl";
import { RunningWorld } from "../../rehearsal/world/running-world";
import { stopServers } from "../../rehearsal/world/servers";
import { startWorld } from "../../rehearsal/world/up";
import { kubeconfigOf } from "../../rehearsal/world/world-files";
import { cluster } from "../support/settings";
import { createRole } from "./create-role";

const account = "arn:aws:iam::111122223333";
const principalArn = `${account}:role/platform-admin`;

/** A cluster in which nothing of the platform is, with one node whose kubelet forwards ports. */
export interface BareCluster {
  readonly kubectl: Kubectl;
  /** Ends its API server. */
  silence(): Promise<void>;
  end(): Promise<void>;
}

/** @param forwarded - the port on this machine to which every pod's port 8081 leads */
export async function startBareCluster(name: string, region: string, forwarded: number): Promise<BareCluster> {
  const folder = mkdtempSync(join(tmpdir(), "bare-"));
  const silence = () => stopControlPlane(join(folder, "kubernetes"));
  const end = async () => {
    await stopServers(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  const controlPlane = { podPorts: { 8081: forwarded } };
  const { signal } = new AbortController();
  await startWorld({ folder, cluster: cluster(), signal, controlPlane, controllers: false });
  try {
    Object.assign(process.env, new RunningWorld(folder).environment);
    await make(name, region);
    const kubectl = new Kubectl(kubeconfigOf(folder));
    await kubectl.apply(JSON.stringify(node));
    return { kubectl, silence, end };
  } catch (failure) {
    await end();
    throw failure;
  }
}

/** With an access entry for whoever asks, of a group that has no rights yet. */
async function make(clusterName: string, region: string): Promise<void> {
  const eks = new EKSClient({ region });
  const { Subnets: subnets = [] } = await new EC2Client({ region }).send(new DescribeSubnetsCommand({}));
  await createRole("cluster", { Service: "eks.amazonaws.com" });
  await eks.send(
    new CreateClusterCommand({
      name: clusterName,
      roleArn: `${account}:role/cluster`,
      resourcesVpcConfig: { subnetIds: subnets.slice(0, 2).flatMap(({ SubnetId }) => SubnetId ?? []) },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    }),
  );
  await eks.send(new CreateAccessEntryCommand({ clusterName, principalArn, kubernetesGroups: ["hubble"] }));
}

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "localhost", labels: { "kubernetes.io/os": "linux", "kubernetes.io/hostname": "localhost" } },
};
