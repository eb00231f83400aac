import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

import { awsName } from "./aws-names";
import type { PrivateSubnets } from "./private-subnets";

export interface EndpointsProps {
  /** Name in AWS, to which each service is added. */
  readonly name: string;

  readonly region: string;

  readonly vpcId: string;

  /** Network that may use the interface endpoints. */
  readonly vpcCidrBlock: string;

  /**
   * Network of pods, which may use them too.
   * @default - pods are in `vpcCidrBlock`
   */
  readonly podCidr?: string | undefined;

  /** Subnets of the interface endpoints. */
  readonly privateSubnets: Pick<PrivateSubnets, "reservations" | "routeTableIds" | "subnetIds">;

  /** Services with an interface endpoint, by the last part of their name. */
  readonly services: readonly string[];
}

/** Ways to AWS that bypass NAT: S3 always, since its gateway endpoint costs nothing, and the services that are asked for. */
export class Endpoints extends Construct {
  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { name, region, vpcId, privateSubnets, services } = props;

    new VpcEndpoint(this, "s3", {
      vpcId,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: privateSubnets.routeTableIds,
      tags: { Name: `${name}-s3` },
    });
    if (services.length > 0) {
      this.interfaceEndpoints(props);
    }
  }

  private interfaceEndpoints({ name, region, vpcId, privateSubnets, services, ...clients }: EndpointsProps): void {
    const securityGroup = new SecurityGroup(this, "Resource", {
      name: awsName("securityGroup", name),
      description: "Interface endpoints: HTTPS from the VPC",
      vpcId,
      tags: { Name: name },
    });
    const https = { securityGroupId: securityGroup.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new VpcSecurityGroupIngressRule(this, "Ingress", {
      ...https,
      description: "HTTPS from the VPC",
      cidrIpv4: clients.vpcCidrBlock,
    });
    if (clients.podCidr !== undefined) {
      new VpcSecurityGroupIngressRule(this, "pods", {
        ...https,
        description: "HTTPS from pods",
        cidrIpv4: clients.podCidr,
      });
    }
    for (const service of services) {
      new VpcEndpoint(this, service.replaceAll(".", "-"), {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: privateSubnets.subnetIds,
        securityGroupIds: [securityGroup.id],
        tags: { Name: `${name}-${service}` },
        dependsOn: [...privateSubnets.reservations],
      });
    }
  }
}
