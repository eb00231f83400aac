import { CoreDns } from "../../constructs/core-dns";
import { define } from "../support/define";

const addon = define((stack) => {
  new CoreDns(stack, "dns", {
    clusterName: "demo",
    version: "v1.14.7-eksbuild.11",
    nodes: { fqn: "aws_eks_node_group.system" },
  });
}).resource.aws_eks_addon?.dns;

test("the add-on comes after the nodes, without which it would never be healthy", () => {
  expect(addon.depends_on).toEqual(["aws_eks_node_group.system"]);
});

test("losing a node never takes both replicas", () => {
  const [spread] = JSON.parse(addon.configuration_values).topologySpreadConstraints;

  expect(spread).toMatchObject({ topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" });
});

test("a node that is cordoned keeps no replica pending", () => {
  const [spread] = JSON.parse(addon.configuration_values).topologySpreadConstraints;

  expect(spread.nodeTaintsPolicy).toBe("Honor");
});

test("no plan changes the version by itself: it is pinned to the build", () => {
  expect(addon.addon_version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
});
