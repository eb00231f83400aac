import { Network } from "../../constructs/network";
import { define } from "../support/define";

const { resource } = define((stack) => {
  new Network(stack, "network", { name: "demo", cidrBlock: "10.200.0.0/16" });
});

test("what gets the default security group by mistake reaches nothing and is reached by nothing", () => {
  const group = resource.aws_default_security_group?.network;

  expect(group.vpc_id).toBe("${aws_vpc.network.id}");
  expect(group).not.toHaveProperty("ingress");
  expect(group).not.toHaveProperty("egress");
});

test("the names of private endpoints resolve in the VPC, the cluster's own among them", () => {
  expect(resource.aws_vpc?.network).toMatchObject({ enable_dns_hostnames: true, enable_dns_support: true });
});
