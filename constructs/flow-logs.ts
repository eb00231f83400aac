import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

import { flowLogsRoleName } from "../platform/names";
import type { IamSettings } from "../schema/iam";
import type { Partition } from "../schema/region";
import { awsName } from "./aws-names";
import { policyDocument } from "./iam-policy";
import { retentionInDays } from "./log-retention";
import { ServiceRole } from "./service-role";

export interface FlowLogsProps {
  readonly clusterName: string;

  readonly vpcId: string;

  /** What the organization asks of their role. */
  readonly iam: IamSettings;

  readonly partition: Partition;

  /** Days that traffic is kept, or "never": it is kept for ever. */
  readonly logRetentionDays: number | "never";
}

/** All traffic of a VPC in CloudWatch, accepted and rejected. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { clusterName, iam, vpcId, partition, logRetentionDays } = props;

    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: awsName("logGroup", `/aws/vpc/${clusterName}`),
      retentionInDays: retentionInDays(logRetentionDays),
    });
    const role = new ServiceRole(this, "Role", {
      name: flowLogsRoleName({ name: clusterName, iam }),
      iam,
      description: "Flow logs write to their log group",
      service: "vpc-flow-logs.amazonaws.com",
      partition,
    });
    const policy = new IamRolePolicy(this, "Policy", {
      name: "write-logs",
      role: role.name,
      policy: policyDocument(
        {
          sid: "Write",
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [logGroup.arn, `${logGroup.arn}:*`],
        },
        // IAM can limit this to no group (Service Authorization Reference, "Amazon CloudWatch Logs").
        { sid: "Find", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      ),
    });
    new FlowLog(this, "Resource", {
      vpcId,
      trafficType: "ALL",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: clusterName },
      dependsOn: [policy],
    });
  }
}
