import { UpdateClusterConfigCommand } from "@aws-sdk/client-eks";

import { minutesAgo } from "../../rehearsal/world/objects/status";
import { added, answered, type Break, changed, done } from "./breaking";
import { clusterName, eks, object } from "./broken/state";
import type { World } from "./world";

/** What keeps a cluster from being upgraded, and the lines of all that does not hold then. */
export interface UnreadyState {
  readonly broken: (world: World) => Break;
  readonly lines: readonly RegExp[];
}

/** EKS finds something else in those of its insights that have what `match` says. */
const insights =
  (match: object, change: object): UnreadyState["broken"] =>
  () => {
    const said = () => `${process.env.AWS_ENDPOINT_URL}/_rehearsal/insights`;
    return done(
      () => fetch(said(), { method: "POST", body: JSON.stringify({ match, change }) }),
      () => fetch(said(), { method: "DELETE" }),
    );
  };

const status = (value: string, reason: string) => ({ insightStatus: { status: value, reason } });

/** EKS finds what keeps it from going back to the version before. */
export const noWayBack = insights(
  { name: "Kubelet version skew" },
  { ...status("ERROR", "nodes are ahead"), category: "ROLLBACK_READINESS", kubernetesVersion: "1.35" },
);

/** Breaks one thing within the other. */
const both =
  (one: UnreadyState["broken"], other: UnreadyState["broken"]): UnreadyState["broken"] =>
  (world) =>
  (act) =>
    one(world)(() => other(world)(act));

const pod = (metadata: object, nodeName: string | undefined) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "shop", namespace: "default", ...metadata },
  spec: { nodeName, terminationGracePeriodSeconds: 0, containers: [{ name: "shop", image: "shop" }] },
});

const karpenterNode = ({ machines }: World) => machines.find(({ nodeGroup }) => nodeGroup === undefined)?.name;

const keptPod: UnreadyState["broken"] = (world) => async (act) => {
  const name = karpenterNode(world);
  const { metadata: node } = JSON.parse(await world.kubectl.run(["get", `node/${name}`, "--output=json"]));
  // The garbage collector deletes what nothing owns that is there.
  const owner = { apiVersion: "v1", kind: "Node", name, uid: node.uid, controller: true };
  const metadata = { annotations: { "karpenter.sh/do-not-disrupt": "true" }, ownerReferences: [owner] };
  return added(world.kubectl, pod(metadata, name))(act);
};

const budgetOfCoreDns = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "all-of-it", namespace: "kube-system" },
  spec: { minAvailable: 2, selector: { matchLabels: { "k8s-app": "kube-dns" } } },
};

const repositories = "customresourcedefinitions/gitrepositories.source.toolkit.fluxcd.io";

/** The definition of Flux's repositories has another version, that Flux took out. */
const withBeta =
  (served: boolean): UnreadyState["broken"] =>
  ({ kubectl }) =>
  async (act) => {
    const definition = JSON.parse(await kubectl.run(["get", repositories, "--output=json"]));
    const { versions } = definition.spec;
    const patch = (body: object) =>
      kubectl.run(["patch", repositories, "--type=merge", `--patch=${JSON.stringify(body)}`]);
    await patch({ spec: { versions: [...versions, { ...versions[0], name: "v1beta2", served, storage: false }] } });
    try {
      return await act();
    } finally {
      await patch({ spec: { versions } });
    }
  };

/** As which objects may be stored still, since they once were. */
const storedAsBeta: UnreadyState["broken"] = ({ kubectl }) => {
  const stored = (storedVersions: readonly string[]) => {
    const patch = JSON.stringify({ status: { storedVersions } });
    return kubectl.run(["patch", repositories, "--type=merge", `--patch=${patch}`, "--subresource=status"]);
  };
  return done(
    () => stored(["v1beta2", "v1"]),
    () => stored(["v1"]),
  );
};

/** Something labels Flux's repository by the version that goes. */
const labelledAsBeta: UnreadyState["broken"] = ({ kubectl }) => {
  const repository = "gitrepositories.v1beta2.source.toolkit.fluxcd.io/flux-system";
  const place = ["--namespace=flux-system", "--field-manager=old-tool"];
  const label = async (text: string) => {
    // A new version is served a moment after it was written.
    for (let attempts = 20; ; attempts -= 1) {
      try {
        return await kubectl.run(["label", repository, text, ...place]);
      } catch (thrown) {
        if (attempts === 0) {
          throw thrown;
        }
      }
    }
  };
  return done(
    () => label("team=shop"),
    () => label("team-"),
  );
};

const withUpgradePolicy = (supportType: "STANDARD" | "EXTENDED") =>
  eks().send(new UpdateClusterConfigCommand({ name: clusterName, upgradePolicy: { supportType } }));

/** A stack's resource is not what the stack says. */
export const changedByHand = (): Break =>
  done(
    () => withUpgradePolicy("EXTENDED"),
    () => withUpgradePolicy("STANDARD"),
  );

export const unreadyStates: Readonly<Record<string, UnreadyState>> = {
  "an insight that is an error": {
    broken: insights(
      { name: "Deprecated APIs removed in Kubernetes v1.37" },
      {
        ...status("ERROR", "Deprecated API usage was detected"),
        categorySpecificSummary: {
          deprecationDetails: [
            {
              usage: "/apis/networking.k8s.io/v1beta1/ipaddresses",
              clientStats: [{ userAgent: "shop/1.0", numberOfRequestsLast30Days: 3 }],
            },
          ],
        },
      },
    ),
    lines: [
      /^broken +EKS' insights +Deprecated APIs .*: Deprecated API usage was detected \(\S+ipaddresses by shop\/1\.0\)$/,
    ],
  },
  "an insight that is a warning, and one of which EKS knows nothing": {
    broken: both(
      insights({ name: "Cluster health issues" }, status("WARNING", "soon")),
      insights({ name: "EKS add-on version compatibility" }, status("UNKNOWN", "no data")),
    ),
    lines: [/^could not ask +EKS' insights +EKS add-on version compatibility: no data; 1 more is not passing$/],
  },
  "an insight that is a warning": {
    broken: insights({ name: "Cluster health issues" }, status("WARNING", "a node has no room")),
    lines: [/^warning +EKS' insights +Cluster health issues: a node has no room$/],
  },
  "insights that are old": {
    broken: insights({}, { lastRefreshTime: Date.now() / 1000 - 3 * 86_400 }),
    lines: [/^warning +EKS' insights +4 insights passing, looked at 3 d ago$/],
  },
  "no insight on the target": {
    broken: insights({}, { kubernetesVersion: "1.30" }),
    lines: [/^could not ask +EKS' insights +EKS has none on an upgrade to 1\.37/],
  },
  "an object that was made by an API that goes": {
    broken: both(withBeta(true), labelledAsBeta),
    lines: [
      /^broken +objects of removed APIs +gitrepositories flux-system\/flux-system: set by old-tool as source\.toolkit\.fluxcd\.io\/v1beta2, which Flux 2\.8 does not have$/,
    ],
  },
  "a definition with an old stored version": {
    broken: both(withBeta(false), storedAsBeta),
    lines: [
      /^broken +stored versions +gitrepositories\.source\.toolkit\.fluxcd\.io may have objects stored as v1beta2/,
    ],
  },
  "a disruption budget that allows nothing": {
    broken: ({ kubectl }) => added(kubectl, budgetOfCoreDns),
    lines: [/^broken +disruption budgets +kube-system\/all-of-it: no pod may be evicted$/],
  },
  "a pod without a controller": {
    broken: ({ kubectl, machines }) => added(kubectl, pod({}, machines[0]?.name)),
    lines: [/^warning +pods without a controller +default\/shop: nobody makes it again$/],
  },
  "a node of Karpenter's that is to stay": {
    broken: (world) =>
      changed(world.kubectl, `node/${karpenterNode(world)}`, {
        patch: { metadata: { annotations: { "karpenter.sh/do-not-disrupt": "true" } } },
      }),
    lines: [/^broken +nodes that Karpenter keeps +ip-\S+ has the annotation karpenter\.sh\/do-not-disrupt$/],
  },
  "a NodePool whose nodes are never replaced": {
    broken: object("nodepool/default", { patch: { spec: { disruption: { budgets: [{ nodes: "0" }] } } } }),
    lines: [/^broken +nodes that Karpenter keeps +NodePool default lets no node be replaced$/],
  },
  "a pod that is not to be disturbed": {
    broken: keptPod,
    lines: [
      /^warning +nodes that Karpenter keeps +default\/shop: karpenter\.sh\/do-not-disrupt, and ended 30m after its node is drained$/,
    ],
  },
  "subnets without room": {
    broken: () =>
      answered("ec2:DescribeSubnets", (answer) => answer.replaceAll(/(?<=<availableIpAddressCount>)\d+/g, "4")),
    lines: [
      /^broken +verify +1 check does not hold: addresses of subnets$/,
      /^broken +room in subnets +\S+ \(4 addresses, \d+ free \/28s\)/,
    ],
  },
  "a node group at another version than the control plane": {
    broken: () => answered("eks:DescribeNodegroup", (answer) => answer.replace(/("version": ?)"1\.36"/, '$1"1.35"')),
    lines: [
      /^broken +where it is +at none: control plane 1\.36, .*node group Bottlerocket OS 1\.68\.1 \(aws-k8s-1\.35\)/,
      /^broken +versions of node groups +system-\S+ has 1\.35, and the control plane 1\.36$/,
    ],
  },
  "a kubelet that is five minors behind": {
    broken: ({ kubectl, machines }) =>
      changed(kubectl, `node/${machines[0]?.name}`, {
        status: { nodeInfo: { kubeletVersion: "v1.31.9-eks-1a2b3c4" } },
      }),
    lines: [
      /^broken +verify +1 check does not hold: versions of kubelets$/,
      /^broken +kubelets and the target +ip-\S+ \(v1\.31\.9-eks-1a2b3c4\): not within 3 minor versions of 1\.37/,
    ],
  },
  "Karpenter and its node of the release before": {
    broken: both(
      object("helmrelease/karpenter --namespace=karpenter", {
        status: {
          history: [
            {
              chartVersion: "1.14.1",
              chartName: "karpenter",
              name: "karpenter",
              namespace: "karpenter",
              version: 1,
              status: "deployed",
              digest: "sha256:0",
              configDigest: "sha256:0",
              firstDeployed: minutesAgo(9),
              lastDeployed: minutesAgo(9),
            },
          ],
        },
      }),
      (world) =>
        changed(world.kubectl, `node/${karpenterNode(world)}`, {
          status: { nodeInfo: { osImage: "Bottlerocket OS 1.66.0 (aws-k8s-1.36)" } },
        }),
    ),
    lines: [
      /^broken +where it is +between 2026-10-05 and 2026-11-25: bootstrap stack applied, Flux's commit is next$/,
      /^broken +verify +\d checks do not hold: /,
    ],
  },
  "Cilium of another version than the release's": {
    broken:
      ({ kubectl }) =>
      async (act) => {
        const agents = "daemonset/cilium --namespace=kube-system";
        const { spec } = JSON.parse(await kubectl.run(["get", ...agents.split(" "), "--output=json"]));
        const containers = spec.template.spec.containers.map((one: { name: string; image: string }) => ({
          ...one,
          image: one.image.replace(/v1\.20\.2/, "v1.19.4"),
        }));
        return changed(kubectl, agents, { patch: { spec: { template: { spec: { containers } } } } })(act);
      },
    lines: [
      /^broken +where it is +at none: .*Cilium 1\.19\.4/,
      /^broken +verify +\d+ checks? do(?:es)? not hold: /,
      /^broken +upgrade of Cilium +1\.19\.4 runs, and release 2026-11-25 has 1\.20\.2$/,
    ],
  },
  "something that verify finds": {
    broken: object("deployment/hubble-ui --namespace=kube-system", { patch: { spec: { replicas: 0 } } }),
    lines: [/^broken +verify +1 check does not hold: Hubble's UI$/],
  },
};
