import { podPlan } from "../../constructs/address-plan";
import { PodSubnets } from "../../constructs/pod-subnets";
import { define } from "../support/define";

const podCidr = "100.64.0.0/20";

const { resource } = define((stack) => {
  new PodSubnets(stack, "pods", {
    name: "demo-pods",
    vpcId: "vpc-1",
    clusterName: "demo",
    podCidr,
    networks: podPlan(podCidr, ["eu-central-1a", "eu-central-1c"]),
    routeTableIds: ["rtb-a", "rtb-c"],
  });
});
const { aws_ec2_subnet_cidr_reservation: reservations = {}, aws_subnet: subnets = {} } = resource;

test("the VPC gets the block before its subnets are made, and loses it after they are gone", () => {
  expect(resource.aws_vpc_ipv4_cidr_block_association?.pods).toMatchObject({ vpc_id: "vpc-1", cidr_block: podCidr });
  expect(Object.values(subnets).map(({ vpc_id }) => vpc_id)).toEqual([
    "${aws_vpc_ipv4_cidr_block_association.pods.vpc_id}",
    "${aws_vpc_ipv4_cidr_block_association.pods.vpc_id}",
  ]);
});

test("pods leave as their nodes do: each subnet has the route table of the nodes in its zone", () => {
  expect(resource.aws_route_table_association).toMatchObject({
    pods_a: { subnet_id: "${aws_subnet.pods_a.id}", route_table_id: "rtb-a" },
    pods_c: { subnet_id: "${aws_subnet.pods_c.id}", route_table_id: "rtb-c" },
  });
});

test("Cilium finds the subnets by a tag, and neither Karpenter nor load balancers do", () => {
  expect(subnets.pods_c.tags).toEqual({ Name: "demo-pods-c", PodSubnetOf: "demo" });
});

test("three quarters of a subnet are kept for prefixes, and the interfaces' own addresses stay out of them", () => {
  expect(Object.keys(reservations)).toHaveLength(4);
  expect(reservations.pods_c_quarter).toMatchObject({
    subnet_id: "${aws_subnet.pods_c.id}",
    cidr_block: "100.64.5.0/24",
    reservation_type: "prefix",
  });
  expect(reservations.pods_c_half).toMatchObject({ cidr_block: "100.64.6.0/23", reservation_type: "prefix" });
});
