import { Network } from "../../constructs/network";
import { PublicSubnets, type PublicSubnetsProps } from "../../constructs/public-subnets";
import { define } from "../support/define";

function resources(natGateways: PublicSubnetsProps["natGateways"] = "per-zone") {
  return define((stack) => {
    new PublicSubnets(stack, "public", {
      name: "demo-public",
      network: new Network(stack, "network", { name: "demo", cidrBlock: "10.200.0.0/16" }),
      networks: [
        { zone: "eu-central-1a", cidrBlock: "10.200.128.0/20" },
        { zone: "eu-central-1b", cidrBlock: "10.200.144.0/20" },
      ],
      natGateways,
    });
  }).resource;
}

test.each([
  ["per-zone", ["public_a", "public_b"]],
  ["single", ["public_a"]],
] as const)("NAT gateways %s stand in %j, each with an address", (natGateways, zones) => {
  const { aws_nat_gateway = {}, aws_eip = {} } = resources(natGateways);

  expect(Object.keys(aws_nat_gateway)).toEqual(zones);
  expect(Object.keys(aws_eip)).toEqual(zones);
});

test("a NAT gateway comes after the internet gateway and goes before it", () => {
  expect(resources().aws_nat_gateway?.public_a.depends_on).toEqual(["aws_internet_gateway.network"]);
});

test("every zone leads to the internet", () => {
  const { aws_route, aws_route_table_association = {} } = resources();

  expect(aws_route?.public).toMatchObject({
    destination_cidr_block: "0.0.0.0/0",
    gateway_id: "${aws_internet_gateway.network.id}",
    route_table_id: "${aws_route_table.public.id}",
  });
  expect(Object.values(aws_route_table_association).map(({ route_table_id }) => route_table_id)).toEqual([
    "${aws_route_table.public.id}",
    "${aws_route_table.public.id}",
  ]);
});

test("load balancers for the internet find the subnets, and instances get no public address", () => {
  const subnet = resources().aws_subnet?.public_b;

  expect(subnet.tags).toMatchObject({ "kubernetes.io/role/elb": "1" });
  expect(subnet).not.toHaveProperty("map_public_ip_on_launch");
});
