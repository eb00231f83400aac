import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";

import { type Break, done } from "../breaking";
import { type BrokenStates, clusterName } from "./state";

const events = () => new EventBridgeClient({ region: "eu-central-1" });
const rule = { Name: `${clusterName}-karpenter-health` };

const sqs = () => new SQSClient({ region: "eu-central-1" });
const queue = { QueueName: `${clusterName}-karpenter` };

async function theQueue() {
  const { QueueUrl: url } = await sqs().send(new GetQueueUrlCommand(queue));
  const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["Policy"] });
  const { Policy: policy = "" } = (await sqs().send(asked)).Attributes ?? {};
  return { url, policy };
}

/** The queue has another policy than the stack's. */
const withPolicy =
  (change: (policy: string) => string): (() => Break) =>
  () =>
  async (act) => {
    const { url, policy } = await theQueue();
    const set = (text: string) =>
      sqs().send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy: text } }));
    return done(
      () => set(change(policy)),
      () => set(policy),
    )(act);
  };

export const interruptionStates: BrokenStates = {
  "a rule that is disabled": {
    broken: () =>
      done(
        () => events().send(new DisableRuleCommand(rule)),
        () => events().send(new EnableRuleCommand(rule)),
      ),
    lines: [/^broken +interruption queue +demo-k8s-cilium-karpenter-health is disabled/],
  },
  "a queue that is gone": {
    broken: () => async (act) => {
      const { url, policy } = await theQueue();
      return done(
        () => sqs().send(new DeleteQueueCommand({ QueueUrl: url })),
        () => sqs().send(new CreateQueueCommand({ ...queue, Attributes: { Policy: policy } })),
      )(act);
    },
    lines: [/^broken +interruption queue +there is no queue demo-k8s-cilium-karpenter/],
  },
  "a queue whose policy is gone": {
    broken: withPolicy(() => ""),
    lines: [/^broken +interruption queue +the queue's policy does not let demo-k8s-cilium-karpenter-\S+ send/],
  },
  "a queue whose policy names another rule": {
    broken: withPolicy((policy) => policy.replace("karpenter-health", "karpenter-sickness")),
    lines: [/^broken +interruption queue +the queue's policy does not let demo-k8s-cilium-karpenter-health send/],
  },
  "a rule that matches nothing": {
    broken: () => async (act) => {
      const { EventPattern } = await events().send(new DescribeRuleCommand(rule));
      const other = JSON.stringify({ source: ["aws.health"], "detail-type": ["AWS Health Events"] });
      return done(
        () => events().send(new PutRuleCommand({ ...rule, EventPattern: other })),
        () => events().send(new PutRuleCommand({ ...rule, EventPattern })),
      )(act);
    },
    lines: [/^broken +interruption queue +demo-k8s-cilium-karpenter-health matches other events: .*Health Events/],
  },
};
