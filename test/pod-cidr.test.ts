import { platform } from "./support/synth";

const podCidr = "100.64.0.0/16";
const [shared, apart] = [platform(), platform({ podCidr })];

/** Names of a launch template and what Karpenter gives its nodes: by another of either, nodes are replaced. */
function nodesOf({ bootstrap: { resource } }: typeof shared) {
  const variables = resource["kubernetes_config_map_v1"]?.["flux_variables"];
  return {
    template: resource["aws_launch_template"]?.["system"].name_prefix,
    tags: JSON.parse(variables.data.karpenter_node_tags),
  };
}

test("once pods have a block of their own, nodes of the group and Karpenter's are other nodes", () => {
  expect(nodesOf(apart).template).not.toBe(nodesOf(shared).template);
  expect(nodesOf(apart).tags).toEqual({ ...nodesOf(shared).tags, PodCidr: podCidr });
});

test("nodes stay in the subnets that they had, of which nothing is kept from them any more", () => {
  expect(apart.bootstrap.resource["aws_eks_node_group"]?.["system"].subnet_ids).toEqual(
    shared.bootstrap.resource["aws_eks_node_group"]?.["system"].subnet_ids,
  );
  expect(Object.keys(apart.network.resource["aws_ec2_subnet_cidr_reservation"] ?? {})).toEqual([
    "pods_a_half",
    "pods_a_quarter",
    "pods_b_half",
    "pods_b_quarter",
  ]);
});

test("the cluster's stack is what it was: pods reach the API by the security group of their interfaces", () => {
  expect(apart.cluster).toEqual(shared.cluster);
});
