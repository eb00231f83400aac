import { dangersOf } from "../operations/review/rules/danger/findings";
import { clusterVersions, judgedChanges } from "../operations/review/rules/judged-changes";
import { podSubnetsTag, podSubnetsValue } from "../platform/pod-tags";
import { change, plan } from "./support/plan";
import { podSubnets, sharedNetwork } from "./support/settings";
import { platform } from "./support/synth";

const [together, apart] = [
  platform({ network: sharedNetwork }),
  platform({ network: { ...sharedNetwork, podSubnets } }),
];

/** Names of a launch template and what Karpenter gives its nodes: by another of either, nodes are replaced. */
function nodesOf({ bootstrap: { resource } }: typeof together) {
  const variables = resource["kubernetes_config_map_v1"]?.["flux_variables"];
  return {
    template: resource["aws_launch_template"]?.["system"].name_prefix,
    tags: JSON.parse(variables.data.karpenter_node_tags),
  };
}

function ciliumOf({ bootstrap }: typeof together) {
  return bootstrap.resource["helm_release"]?.["cilium"];
}

test("once pods have subnets of their own in a network that is there, nodes of the group and Karpenter's are other nodes", () => {
  expect(nodesOf(apart).template).not.toBe(nodesOf(together).template);
  expect(nodesOf(apart).tags).toEqual({ ...nodesOf(together).tags, [podSubnetsTag]: podSubnetsValue(podSubnets) });
});

test("the order in which they are listed changes neither nodes nor Cilium", () => {
  const turned = platform({ network: { ...sharedNetwork, podSubnets: podSubnets.toReversed() } });

  expect(nodesOf(turned)).toEqual(nodesOf(apart));
  expect(ciliumOf(turned)).toEqual(ciliumOf(apart));
});

test("nodes stay in the subnets that they had", () => {
  const [before, after] = [together, apart].map(
    ({ bootstrap }) => bootstrap.resource["aws_eks_node_group"]?.["system"],
  );

  expect(after.subnet_ids).toEqual(before.subnet_ids);
});

test("the review calls it a danger when pods get subnets of their own", () => {
  const [before, after] = [together, apart].map(ciliumOf);
  const { changes } = plan({ resource_changes: [change("helm_release.cilium", "update", before, after)] });
  const found = judgedChanges(changes, clusterVersions(changes)).flatMap((one) => dangersOf("bootstrap", one));

  expect(found.map(({ rule }) => rule).sort()).toEqual([
    "cilium-config-changed",
    "cilium-first-interface-left",
    "cilium-subnets-changed",
  ]);
});
