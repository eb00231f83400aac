import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformIterator } from "cdktf";
import { Construct } from "constructs";

export interface ApiIngressProps {
  /** Group of the control plane's network interfaces. */
  readonly securityGroupId: string;

  /** Network whose machines and agents reach the API; or a list of them, which Terraform reads, and of which each gets a rule. */
  readonly cidrBlocks: string | string[];
}

/** Lets clients in the VPC reach the API: the group that EKS makes admits itself alone, so nodes. */
export class ApiIngress extends Construct {
  constructor(scope: Construct, id: string, { securityGroupId, cidrBlocks }: ApiIngressProps) {
    super(scope, id);
    const rule = {
      securityGroupId,
      description: "Kubernetes API from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    };
    if (typeof cidrBlocks === "string") {
      new VpcSecurityGroupIngressRule(this, "Resource", { ...rule, cidrIpv4: cidrBlocks });
      return;
    }
    const each = TerraformIterator.fromList(cidrBlocks);
    new VpcSecurityGroupIngressRule(this, "Resource", { ...rule, forEach: each, cidrIpv4: each.value });
  }
}
