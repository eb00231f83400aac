import { ApiIngress, type ApiIngressProps } from "../../constructs/api-ingress";
import { define } from "../support/define";

function rule(cidrBlocks: ApiIngressProps["cidrBlocks"]) {
  return define((stack) => {
    new ApiIngress(stack, "Ingress", { securityGroupId: "sg-1", cidrBlocks });
  }).resource.aws_vpc_security_group_ingress_rule;
}

test("clients in one network reach the API, and no other port", () => {
  expect(Object.values(rule("10.1.0.0/16") ?? {})).toEqual([
    expect.objectContaining({ cidr_ipv4: "10.1.0.0/16", from_port: 443, to_port: 443, ip_protocol: "tcp" }),
  ]);
});

test("of networks that Terraform reads, each has a rule of its own, which stays as it is when another one comes", () => {
  const [found] = Object.values(rule(["10.1.0.0/16", "100.64.0.0/16"]) ?? {});

  expect(found).toMatchObject({ cidr_ipv4: "${each.value}", security_group_id: "sg-1" });
  expect(found.for_each).toMatch(/^\$\{toset\(/);
});
