import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";

export interface NetworkProps {
  /** Name in AWS. */
  readonly name: string;

  readonly cidrBlock: string;
}

/** A VPC with a way to the internet, in which nothing has a security group by default. */
export class Network extends Construct {
  readonly vpcId: string;

  readonly internetGateway: InternetGateway;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { cidrBlock } = props;
    const tags = { Name: props.name };

    // Private DNS names of endpoints, the EKS API's among them, resolve only with both (EKS user guide, "VPC requirements").
    const vpc = new Vpc(this, "Resource", { cidrBlock, enableDnsHostnames: true, enableDnsSupport: true, tags });
    // Without rules in it, Terraform takes away those that AWS puts there.
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { vpcId: vpc.id, tags: { Name: `${props.name}-default` } });

    this.vpcId = vpc.id;
    this.internetGateway = new InternetGateway(this, "InternetGateway", { vpcId: vpc.id, tags });
  }
}
