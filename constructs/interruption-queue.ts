import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";

import { eventPatterns } from "../platform/event-patterns";
import { eventRuleName, type InterruptionEvent, karpenterName } from "../platform/names";
import { awsName } from "./aws-names";
import { policyDocument } from "./iam-policy";

export interface InterruptionQueueProps {
  readonly clusterName: string;
}

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
    const rules = (Object.keys(eventPatterns) as InterruptionEvent[]).map((event) => {
      const pattern = eventPatterns[event];
      const eventScope = new Construct(this, event);
      const rule = new CloudwatchEventRule(eventScope, "Resource", {
        name: awsName("eventRule", eventRuleName(clusterName, event)),
        description: `${pattern["detail-type"].join(", ")}, for Karpenter`,
        eventPattern: JSON.stringify(pattern),
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
