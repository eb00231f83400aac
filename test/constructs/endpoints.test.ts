import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";

import { Endpoints } from "../../constructs/endpoints";
import { define } from "../support/define";

function resources(services: string[], podCidr?: string) {
  return define((stack) => {
    new Endpoints(stack, "endpoints", {
      name: "demo-endpoints",
      region: "eu-central-1",
      vpcId: "vpc-1",
      vpcCidrBlock: "10.200.0.0/16",
      podCidr,
      privateSubnets: {
        subnetIds: ["subnet-a", "subnet-b"],
        routeTableIds: ["rtb-a", "rtb-b"],
        reservations: [
          new Ec2SubnetCidrReservation(stack, "reserved", {
            subnetId: "subnet-a",
            cidrBlock: "10.200.16.0/20",
            reservationType: "prefix",
          }),
        ],
      },
      services,
    });
  }).resource;
}

test("S3 is reached without NAT from every private subnet, whatever else is asked for", () => {
  expect(resources([]).aws_vpc_endpoint?.endpoints_s3).toMatchObject({
    vpc_endpoint_type: "Gateway",
    route_table_ids: ["rtb-a", "rtb-b"],
  });
});

test("without interface endpoints nothing is billed or left open: there is the gateway, and no security group", () => {
  expect(Object.keys(resources([]))).not.toContain("aws_security_group");
  expect(Object.keys(resources([]).aws_vpc_endpoint ?? {})).toHaveLength(1);
});

test("endpoints answer HTTPS from the VPC, and nothing else in either direction", () => {
  const { aws_security_group, aws_vpc_security_group_ingress_rule, ...others } = resources(["sts", "ecr.api"]);

  expect(Object.values(aws_vpc_security_group_ingress_rule ?? {})).toEqual([
    expect.objectContaining({ cidr_ipv4: "10.200.0.0/16", ip_protocol: "tcp", from_port: 443, to_port: 443 }),
  ]);
  expect(aws_security_group?.endpoints).not.toHaveProperty("ingress");
  expect(aws_security_group?.endpoints).not.toHaveProperty("egress");
  expect(Object.keys(others)).not.toContain("aws_vpc_security_group_egress_rule");
});

test("endpoints answer pods too that have addresses of another block", () => {
  const rules = resources(["sts"], "100.64.0.0/16").aws_vpc_security_group_ingress_rule;

  expect(
    Object.values(rules ?? {}).map(({ cidr_ipv4, from_port, to_port }) => [cidr_ipv4, from_port, to_port]),
  ).toEqual([
    ["10.200.0.0/16", 443, 443],
    ["100.64.0.0/16", 443, 443],
  ]);
});

test("endpoints take their addresses once the places for prefixes are reserved", () => {
  expect(resources(["sts"]).aws_vpc_endpoint?.endpoints_sts.depends_on).toEqual([
    "aws_ec2_subnet_cidr_reservation.reserved",
  ]);
});

test("programs reach an endpoint by the service's usual name", () => {
  expect(resources(["ecr.api"]).aws_vpc_endpoint?.endpoints_ecr_api).toMatchObject({
    service_name: "com.amazonaws.eu-central-1.ecr.api",
    private_dns_enabled: true,
    security_group_ids: ["${aws_security_group.endpoints.id}"],
  });
});
