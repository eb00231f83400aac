import { Network } from "../../constructs/network";
import { PrivateSubnets } from "../../constructs/private-subnets";
import { PublicSubnets, type PublicSubnetsProps } from "../../constructs/public-subnets";
import { define } from "../support/define";

function resources(
  natGateways: PublicSubnetsProps["natGateways"] = "per-zone",
  prefixes = ["10.200.16.0/20", "10.200.48.0/20"],
) {
  return define((stack) => {
    const network = new Network(stack, "network", { name: "demo", cidrBlock: "10.200.0.0/16" });
    const publicSubnets = new PublicSubnets(stack, "public", {
      name: "demo-public",
      network,
      networks: [
        { zone: "eu-central-1a", cidrBlock: "10.200.128.0/20" },
        { zone: "eu-central-1c", cidrBlock: "10.200.144.0/20" },
      ],
      natGateways,
    });
    new PrivateSubnets(stack, "private", {
      name: "demo-private",
      vpcId: network.vpcId,
      clusterName: "demo",
      networks: [
        { zone: "eu-central-1a", cidrBlock: "10.200.0.0/19", prefixes: prefixes[0] },
        { zone: "eu-central-1c", cidrBlock: "10.200.32.0/19", prefixes: prefixes[1] },
      ],
      publicSubnets,
    });
  }).resource;
}

test.each([
  ["per-zone", "public_a", "public_c"],
  ["single", "public_a", "public_a"],
] as const)("with NAT gateways %s, zones a and c leave through %s and %s", (natGateways, a, c) => {
  const { aws_route } = resources(natGateways);

  expect(aws_route).toMatchObject({
    private_a: { route_table_id: "${aws_route_table.private_a.id}", nat_gateway_id: `\${aws_nat_gateway.${a}.id}` },
    private_c: { route_table_id: "${aws_route_table.private_c.id}", nat_gateway_id: `\${aws_nat_gateway.${c}.id}` },
  });
});

test("a part of each subnet is kept for prefixes, which single addresses would break up", () => {
  expect(resources().aws_ec2_subnet_cidr_reservation?.private_c).toMatchObject({
    subnet_id: "${aws_subnet.private_c.id}",
    cidr_block: "10.200.48.0/20",
    reservation_type: "prefix",
  });
});

test("where pods have subnets of their own, nothing is kept from nodes", () => {
  expect(resources("per-zone", [])).not.toHaveProperty("aws_ec2_subnet_cidr_reservation");
});

test("Karpenter and load balancers inside the VPC find the subnets", () => {
  expect(resources().aws_subnet?.private_a.tags).toMatchObject({
    "karpenter.sh/discovery": "demo",
    "kubernetes.io/role/internal-elb": "1",
  });
});
