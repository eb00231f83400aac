import { Subnets, type SubnetsProps } from "../../constructs/subnets";
import { define } from "../support/define";

function resources(props: Partial<SubnetsProps> = {}) {
  return define((stack) => {
    new Subnets(stack, "tier", {
      name: "demo-tier",
      vpcId: "vpc-1",
      networks: [
        { zone: "eu-central-1a", cidrBlock: "10.200.192.0/24" },
        { zone: "eu-central-1c", cidrBlock: "10.200.193.0/24" },
      ],
      routeTables: "shared",
      ...props,
    });
  }).resource;
}

test("a tier leads nowhere by itself", () => {
  expect(resources()).not.toHaveProperty("aws_route");
});

test("subnets are named after their zones, so that a zone that is appended replaces none", () => {
  const one = resources({ networks: [{ zone: "eu-central-1c", cidrBlock: "10.200.193.0/24" }] });

  expect(resources()).toMatchObject(one);
});

test.each([
  ["shared", ["tier"]],
  ["per-zone", ["tier_a", "tier_c"]],
] as const)("with route tables %s there are %j", (routeTables, tables) => {
  const { aws_route_table = {}, aws_route_table_association = {} } = resources({ routeTables });

  expect(Object.keys(aws_route_table)).toEqual(tables);
  expect(aws_route_table_association.tier_c.route_table_id).toBe(`\${aws_route_table.${tables.at(-1)}.id}`);
});

test("no controller takes subnets that are not tagged for it, such as the control plane's", () => {
  expect(Object.keys(resources().aws_subnet?.tier_a.tags)).toEqual(["Name"]);
});
