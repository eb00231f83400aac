import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

import { ciliumClusterTag, ciliumOperatorName, ciliumOperatorRoleName, systemNamespace } from "../platform/names";
import type { IamSettings } from "../schema/iam";
import type { Partition } from "../schema/region";
import { policyDocument, type Statement } from "./iam-policy";
import type { OidcProvider } from "./oidc-provider";
import { ServiceAccountRole } from "./service-account-role";

export interface CiliumOperatorRoleProps {
  readonly clusterName: string;

  /** What the organization asks of it. */
  readonly iam: IamSettings;

  readonly partition: Partition;

  readonly region: string;

  readonly provider: Pick<OidcProvider, "arn" | "issuer">;
}

/**
 * The role of Cilium's operator, which manages network interfaces and addresses. AmazonEKS_CNI_Policy lacks DescribeVpcs,
 * DescribeSecurityGroups and DescribeRouteTables (Cilium's documentation, "AWS ENI", required privileges).
 */
export class CiliumOperatorRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: CiliumOperatorRoleProps) {
    super(scope, id);
    const { clusterName, iam, provider } = props;

    const role = new ServiceAccountRole(this, "Role", {
      name: ciliumOperatorRoleName({ name: clusterName, iam }),
      iam,
      description: `ENI management by Cilium in ${clusterName}`,
      provider,
      namespace: systemNamespace,
      serviceAccount: ciliumOperatorName,
    });
    new IamRolePolicy(this, "Policy", {
      name: "manage-enis",
      role: role.name,
      policy: policyDocument(...eniStatements(props)),
    });

    this.arn = role.arn;
  }
}

function eniStatements({ clusterName, partition, region }: CiliumOperatorRoleProps): Statement[] {
  const arns = (...kinds: readonly string[]) => kinds.map((kind) => `arn:${partition}:ec2:${region}:*:${kind}/*`);
  const interfaces = arns("network-interface");
  const hasTag = { StringEquals: { [`aws:ResourceTag/${ciliumClusterTag}`]: clusterName } };
  const setsTag = { StringEquals: { [`aws:RequestTag/${ciliumClusterTag}`]: clusterName } };
  return [
    {
      sid: "Read",
      actions: [
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ],
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": region } },
    },
    // Tags cannot limit this: it works on the nodes' first interfaces too, which carry none of Cilium's.
    { sid: "Assign", actions: ["ec2:AssignPrivateIpAddresses"], resources: interfaces },
    { sid: "Create", actions: ["ec2:CreateNetworkInterface"], resources: interfaces, conditions: setsTag },
    { sid: "CreateIn", actions: ["ec2:CreateNetworkInterface"], resources: arns("security-group", "subnet") },
    {
      // It tags what it makes, and nothing that is there: else it could make anybody's interface its own.
      sid: "TagNew",
      actions: ["ec2:CreateTags"],
      resources: interfaces,
      conditions: { StringEquals: { "ec2:CreateAction": "CreateNetworkInterface" } },
    },
    {
      // It attaches, changes and deletes no interface but those that it has made (Cilium, pkg/aws/ipam/node.go and eni_gc.go).
      sid: "UseOwn",
      actions: ["ec2:AttachNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"],
      resources: interfaces,
      conditions: hasTag,
    },
    {
      sid: "UseWith",
      actions: ["ec2:AttachNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"],
      resources: arns("instance"),
    },
  ];
}
