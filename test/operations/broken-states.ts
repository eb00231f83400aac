import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  CreateAddonCommand,
  DeleteAccessEntryCommand,
  DeleteAddonCommand,
  DisassociateAccessPolicyCommand,
  EKSClient,
} from "@aws-sdk/client-eks";
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";

import type { Cluster } from "../../schema/settings";
import { added, type Break, changed, done, refused, withEnvironment } from "./breaking";
import { claim } from "./machines";
import { condition } from "./objects/facts";
import type { World } from "./world";

export interface BrokenState {
  /**
   * What is done to the world.
   * @default - nothing: verify is run with other settings
   */
  readonly broken?: (world: World) => Break;
  /** The first lines of all that does not hold then. */
  readonly lines: readonly RegExp[];
  /** With which verify is run. */
  readonly settings?: Partial<Cluster>;
}

const clusterName = "demo-k8s-cilium";
const admin = "arn:aws:iam::111122223333:role/platform-admin";
const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

const object =
  (place: string, change: Parameters<typeof changed>[2]) =>
  ({ kubectl }: World): Break =>
    changed(kubectl, place, change);

const firstNode =
  (change: Parameters<typeof changed>[2]) =>
  ({ kubectl, machines }: World): Break =>
    changed(kubectl, `node/${machines[0]?.name}`, change);

const notReady = (reason: string, message: string) => ({
  conditions: [condition("Ready", "False", reason, message)],
});

const adminPolicy = { clusterName, principalArn: admin, policyArn, accessScope: { type: "cluster" } } as const;

const eks = () => new EKSClient({ region: "eu-central-1" });
const events = () => new EventBridgeClient({ region: "eu-central-1" });
const rule = { Name: `${clusterName}-karpenter-health` };

export const brokenStates: Readonly<Record<string, BrokenState>> = {
  "settings that open the API to another network": {
    settings: { apiAccess: ["198.51.100.0/24"] },
    lines: [/^broken +API endpoint +open to 203\.0\.113\.0\/24, closed to 198\.51\.100\.0\/24, unlike apiAccess/],
  },
  "settings with an administrator who has no access entry": {
    settings: { admins: [admin, "arn:aws:iam::111122223333:role/newcomer"] },
    lines: [/^broken +access entries +arn:aws:iam::111122223333:role\/newcomer has none/],
  },
  "settings of a cluster that is not there": {
    settings: { name: "elsewhere" },
    lines: [
      /^broken +control plane +there is no cluster elsewhere in eu-central-1 of account 111122223333/,
      /^could not ask +Kubernetes version +there is no cluster elsewhere/,
      /^broken +interruption queue +there is no queue elsewhere-karpenter/,
    ],
  },
  "kube-proxy as an add-on": {
    broken: () =>
      done(
        () => eks().send(new CreateAddonCommand({ clusterName, addonName: "kube-proxy" })),
        () => eks().send(new DeleteAddonCommand({ clusterName, addonName: "kube-proxy" })),
      ),
    lines: [/^broken +no aws-node, no kube-proxy +add-on kube-proxy/],
  },
  "a DaemonSet aws-node": {
    broken: ({ kubectl }) =>
      added(kubectl, {
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        metadata: { name: "aws-node", namespace: "kube-system" },
        spec: {
          selector: { matchLabels: { "k8s-app": "aws-node" } },
          template: {
            metadata: { labels: { "k8s-app": "aws-node" } },
            spec: { containers: [{ name: "aws-node", image: "amazon-k8s-cni:v1.23.2" }] },
          },
        },
      }),
    lines: [/^broken +no aws-node, no kube-proxy +DaemonSet aws-node/],
  },
  "a node that is not ready": {
    broken:
      ({ kubectl, machines }) =>
      (act) =>
        changed(kubectl, `node/${machines[0]?.name}`, {
          patch: { metadata: { labels: { "lab.example/hold": "yes" } } },
        })(() =>
          changed(kubectl, `node/${machines[0]?.name}`, {
            status: notReady("KubeletNotReady", "container runtime network not ready: cni plugin not initialized"),
          })(act),
        ),
    lines: [/^broken +nodes +1 of 3 not ready: ip-10-200-32-10\.\S+ \(KubeletNotReady\)/],
  },
  "a node with another image": {
    broken: firstNode({ status: { nodeInfo: { osImage: "Bottlerocket OS 1.64.0 (aws-k8s-1.36)" } } }),
    lines: [/^broken +architecture and image +ip-10-200-32-10\.\S+ runs Bottlerocket OS 1\.64\.0/],
  },
  "a node with the taint of a starting agent": {
    broken: firstNode({
      patch: { spec: { taints: [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoSchedule" }] } },
    }),
    lines: [/^broken +no agent-not-ready taint +on ip-10-200-32-10\./],
  },
  "Hubble's UI scaled down": {
    broken: object("deployment/hubble-ui --namespace=kube-system", { patch: { spec: { replicas: 0 } } }),
    lines: [/^broken +Hubble's UI +0 of 0 replicas/],
  },
  "no relay of Hubble's": {
    broken: object("deployment/hubble-relay --namespace=kube-system", "gone"),
    lines: [/^broken +Hubble's relay +there is no Deployment kube-system\/hubble-relay/],
  },
  "no DaemonSet of Cilium's agent": {
    broken: object("daemonset/cilium --namespace=kube-system", "gone"),
    lines: [/^broken +Cilium's agent +there is no DaemonSet kube-system\/cilium/],
  },
  "an operator that fits on no node": {
    broken: object("deployment/cilium-operator --namespace=kube-system", {
      patch: {
        spec: {
          template: { spec: { nodeSelector: { nowhere: "true" } } },
          strategy: { type: "Recreate", rollingUpdate: null },
        },
      },
    }),
    lines: [/^broken +Cilium's operator +0 of 2 replicas: cilium-operator-\S+ has no node/],
  },
  "Cilium beside kube-proxy": {
    broken: object("configmap/cilium-config --namespace=kube-system", {
      patch: { data: { "kube-proxy-replacement": "false" } },
    }),
    lines: [/^broken +kube-proxy replacement +kube-proxy-replacement is false, not true/],
  },
  "Cilium without prefixes": {
    broken: object("configmap/cilium-config --namespace=kube-system", {
      patch: { data: { "aws-enable-prefix-delegation": null } },
    }),
    lines: [/^broken +ENI IPAM with prefixes +aws-enable-prefix-delegation is not set, not true/],
  },
  "a subnet without a free prefix": {
    broken: ({ kubectl, machines }) =>
      changed(kubectl, `ciliumnode/${machines[0]?.name}`, {
        status: { ipam: { "operator-status": { error: "InsufficientCidrBlocks: no free /28" } } },
      }),
    lines: [/^broken +ENI IPAM with prefixes +ip-10-200-32-10\.\S+: InsufficientCidrBlocks/],
  },
  "a node whose addresses are all taken": {
    broken: ({ kubectl, machines }) =>
      changed(kubectl, `ciliumnode/${machines[0]?.name}`, {
        patch: { spec: { ipam: { pools: { requested: [{ pool: "default", needed: { "ipv4-addrs": 24 } }] } } } },
      }),
    lines: [/^broken +pod addresses +none left on ip-10-200-32-10\./],
  },
  "CoreDNS without its Service": {
    broken: object("service/kube-dns --namespace=kube-system", {
      patch: { spec: { selector: { "k8s-app": "nothing" } } },
    }),
    lines: [/^broken +CoreDNS +its pods run, and none is behind the Service kube-dns/],
  },
  "a controller of Flux that is gone": {
    broken: object("deployment/helm-controller --namespace=flux-system", "gone"),
    lines: [/^broken +Flux's controllers +helm-controller: there is no Deployment/],
  },
  "a deploy key that GitHub does not take": {
    broken: object("gitrepository/flux-system --namespace=flux-system", {
      status: notReady("GitOperationFailed", "failed to checkout and determine revision: ssh: unable to authenticate"),
    }),
    lines: [/^broken +Git repository +flux-system\/flux-system: GitOperationFailed: .*unable to authenticate/],
  },
  "a source that is behind": {
    broken: object("gitrepository/flux-system --namespace=flux-system", {
      status: { artifact: { revision: `main@sha1:${"0".repeat(40)}` } },
    }),
    lines: [/^broken +head of the branch +main is at [0-9a-f]{7}, and the cluster has main@sha1:0000000/],
  },
  "Flux suspended": {
    broken: object("kustomization/flux-system --namespace=flux-system", { patch: { spec: { suspend: true } } }),
    lines: [/^broken +Kustomizations +flux-system\/flux-system is suspended/],
  },
  "a Kustomization that fails": {
    broken: object("kustomization/karpenter-nodepools --namespace=flux-system", {
      status: notReady("DependencyNotReady", "dependency 'flux-system/karpenter' is not ready"),
    }),
    lines: [/^broken +Kustomizations +flux-system\/karpenter-nodepools: DependencyNotReady/],
  },
  "a HelmRelease that fails": {
    broken: object("helmrelease/karpenter --namespace=karpenter", {
      status: notReady("InstallFailed", "Helm install failed: context deadline exceeded"),
    }),
    lines: [/^broken +HelmReleases +karpenter\/karpenter: InstallFailed/],
  },
  "a variable that is missing": {
    broken: object("configmap/cluster-variables --namespace=flux-system", {
      patch: { data: { karpenter_role_arn: null } },
    }),
    lines: [/^broken +variables of Flux +karpenter_role_arn not set/],
  },
  "a variable of another cluster": {
    broken: object("configmap/cluster-variables --namespace=flux-system", {
      patch: { data: { cluster_endpoint: "https://other.example" } },
    }),
    lines: [/^broken +variables of Flux +cluster_endpoint is https:\/\/other\.example, and the cluster's is https:/],
  },
  "Karpenter scaled down": {
    broken: object("deployment/karpenter --namespace=karpenter", { patch: { spec: { replicas: 0 } } }),
    lines: [/^broken +Karpenter +0 of 0 replicas/],
  },
  "an EC2NodeClass that finds no subnet": {
    broken: object("ec2nodeclass/default", {
      status: notReady("SubnetsNotFound", "SubnetSelector did not match any Subnets"),
    }),
    lines: [/^broken +EC2NodeClasses +default: SubnetsNotFound/],
  },
  "no NodePool": {
    broken: object("nodepool/default", "gone"),
    lines: [/^broken +NodePools +there is none/],
  },
  "a node of Karpenter's that does not join": {
    broken: object(`nodeclaim/${claim}`, {
      status: {
        conditions: [
          condition("Launched", "True", "Launched"),
          condition("Registered", "Unknown", "NodeNotFound", "Node not registered with cluster"),
          condition("Ready", "Unknown", "UnhealthyDependents"),
        ],
      },
    }),
    lines: [/^broken +nodes of Karpenter +default-7x2kp is not registered after \d+ \w+ \(NodeNotFound\)/],
  },
  "a rule that is disabled": {
    broken: () =>
      done(
        () => events().send(new DisableRuleCommand(rule)),
        () => events().send(new EnableRuleCommand(rule)),
      ),
    lines: [/^broken +interruption queue +demo-k8s-cilium-karpenter-health is disabled/],
  },
  "nobody may look at queues": {
    broken: () => refused("sqs", "GetQueueUrl", "AccessDenied"),
    lines: [
      /^could not ask +interruption queue +arn:aws:sts::111122223333:assumed-role\/platform-admin\/rehearsal may not sqs:GetQueueUrl/,
    ],
  },
  "no token of GitHub's": {
    broken: () => withEnvironment({ GITHUB_TOKEN: undefined }),
    lines: [/^not asked +head of the branch +GITHUB_TOKEN is not set/],
  },
  "a token that GitHub does not accept": {
    broken: () => withEnvironment({ GITHUB_TOKEN: "wrong" }),
    lines: [/^could not ask +head of the branch +GitHub does not accept GITHUB_TOKEN/],
  },
  "credentials of another account": {
    settings: { name: "elsewhere", admins: ["arn:aws:iam::444455556666:role/platform-admin"] },
    lines: [
      /^could not ask +control plane +there is no cluster elsewhere .*, and its admins are of 444455556666/,
      /^broken +interruption queue +there is no queue/,
    ],
  },
  "somebody without an access entry": {
    broken: () =>
      done(
        () => eks().send(new DeleteAccessEntryCommand({ clusterName, principalArn: admin })),
        async () => {
          await eks().send(new CreateAccessEntryCommand({ clusterName, principalArn: admin }));
          await eks().send(new AssociateAccessPolicyCommand(adminPolicy));
        },
      ),
    lines: [
      /^broken +access entries +arn:aws:iam::111122223333:role\/platform-admin has none/,
      /^could not ask +nodes +the cluster does not know you \(401\)/,
    ],
  },
  "somebody who is no administrator any more": {
    broken: () =>
      done(
        () => eks().send(new DisassociateAccessPolicyCommand({ clusterName, principalArn: admin, policyArn })),
        () => eks().send(new AssociateAccessPolicyCommand(adminPolicy)),
      ),
    lines: [
      /^broken +access entries +arn:aws:iam::111122223333:role\/platform-admin is no administrator of the cluster/,
      ...[
        "list nodes",
        "list daemonsets.apps in kube-system",
        "list deployments.apps in kube-system",
        "get configmaps in kube-system",
        "list ciliumnodes.cilium.io",
        "list deployments.apps in flux-system",
        "list gitrepositories.source.toolkit.fluxcd.io",
        "list kustomizations.kustomize.toolkit.fluxcd.io",
        "list helmreleases.helm.toolkit.fluxcd.io",
        "get configmaps in flux-system",
        "list deployments.apps in karpenter",
        "list nodepools.karpenter.sh",
        "list ec2nodeclasses.karpenter.k8s.aws",
      ].map((what) => new RegExp(`^could not ask .* the cluster does not let you ${what} \\(403\\)`)),
    ],
  },
  "no credentials": {
    broken: () => withEnvironment({ AWS_ACCESS_KEY_ID: undefined }),
    lines: [/^could not ask +control plane +no AWS credentials were found/],
  },
  "credentials that have expired": {
    broken: () => refused("eks", "DescribeCluster", "ExpiredTokenException"),
    lines: [/^could not ask +control plane +the AWS credentials have expired/],
  },
  "nobody may look at the cluster": {
    broken: () => refused("eks", "DescribeCluster", "AccessDeniedException"),
    lines: [/^could not ask +control plane +.* may not eks:DescribeCluster/],
  },
};
