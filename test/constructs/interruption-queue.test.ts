import { InterruptionQueue } from "../../constructs/interruption-queue";
import { define } from "../support/define";

const { resource } = define((stack) => {
  new InterruptionQueue(stack, "interruption", { clusterName: "demo" });
});
const rules = resource.aws_cloudwatch_event_rule ?? {};
const [allow, deny] = JSON.parse(resource.aws_sqs_queue_policy?.interruption.policy).Statement;

test("Karpenter hears of every event that AWS sends about its nodes, spelt as AWS spells it", () => {
  const patterns = Object.values(rules).map((rule) => JSON.parse(rule.event_pattern));

  expect(patterns).toHaveLength(5);
  expect(patterns).toEqual(
    expect.arrayContaining([
      { source: ["aws.health"], "detail-type": ["AWS Health Event"] },
      { source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] },
      { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
      { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"] },
      { source: ["aws.ec2"], "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"] },
    ]),
  );
});

test("every rule sends to the queue", () => {
  const targets = Object.values(resource.aws_cloudwatch_event_target ?? {}).map(({ rule, arn }) => ({ rule, arn }));

  expect(targets).toEqual(
    Object.keys(rules).map((name) => ({
      rule: `\${aws_cloudwatch_event_rule.${name}.name}`,
      arn: "${aws_sqs_queue.interruption.arn}",
    })),
  );
});

test("only these rules may send", () => {
  expect(allow.Principal).toEqual({ Service: "events.amazonaws.com" });
  expect(allow.Condition.ArnEquals["aws:SourceArn"].toSorted()).toEqual(
    Object.keys(rules).map((name) => `\${aws_cloudwatch_event_rule.${name}.arn}`),
  );
});

test("nobody sends or reads without TLS", () => {
  expect(deny).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
});
