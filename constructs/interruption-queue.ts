import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";

import { eventRuleName, type InterruptionEvent, karpenterName } from "../platform/names";
import { awsName } from "./aws-names";
import { policyDocument } from "./iam-policy";

export interface InterruptionQueueProps {
  readonly clusterName: string;
}

/** Source and detail type that EventBridge gives each event. */
const events: Readonly<Record<InterruptionEvent, { readonly source: string; readonly detailType: string }>> = {
  health: { source: "aws.health", detailType: "AWS Health Event" },
  "spot-interruption": { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  "state-change": { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
  "capacity-reservation": {
    source: "aws.ec2",
    detailType: "EC2 Capacity Reservation Instance Interruption Warning",
  },
};

/** A queue that tells Karpenter what AWS is about to do to its nodes. */
export class InterruptionQueue extends Construct {
  readonly arn: string;

  readonly name: string;

  constructor(scope: Construct, id: string, props: InterruptionQueueProps) {
    super(scope, id);
    const { clusterName } = props;

    const queue = new SqsQueue(this, "Resource", {
      name: awsName("sqsQueue", karpenterName(clusterName)),
      // Older news of an interruption are of no use: the node is gone.
      messageRetentionSeconds: 300,
      sqsManagedSseEnabled: true,
    });
    const rules = (Object.keys(events) as InterruptionEvent[]).map((event) => {
      const { source, detailType } = events[event];
      const eventScope = new Construct(this, event);
      const rule = new CloudwatchEventRule(eventScope, "Resource", {
        name: awsName("eventRule", eventRuleName(clusterName, event)),
        description: `${detailType}, for Karpenter`,
        eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
      });
      new CloudwatchEventTarget(eventScope, "Target", { rule: rule.name, targetId: "karpenter", arn: queue.arn });
      return rule;
    });
    new SqsQueuePolicy(this, "Policy", {
      queueUrl: queue.url,
      policy: policyDocument(
        {
          sid: "OwnEvents",
          actions: ["sqs:SendMessage"],
          principal: { Service: "events.amazonaws.com" },
          resources: [queue.arn],
          // Without this condition, rules of any account could send.
          conditions: { ArnEquals: { "aws:SourceArn": rules.map((rule) => rule.arn) } },
        },
        {
          sid: "DenyHTTP",
          effect: "Deny",
          actions: ["sqs:*"],
          principal: "*",
          resources: [queue.arn],
          conditions: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
    });

    this.arn = queue.arn;
    this.name = queue.name;
  }
}
