import { isDeepStrictEqual } from "node:util";
import { ListRulesCommand, ListTargetsByRuleCommand, type Rule } from "@aws-sdk/client-eventbridge";
import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";

import { eventPatterns } from "../../../platform/event-patterns";
import { eventRuleName, type InterruptionEvent, interruptionEvents, karpenterName } from "../../../platform/names";
import { ifResourceExists } from "../../aws/failure";
import { allows, type Statement, statementsOf } from "../aws-policy";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";

export const interruptionQueue: Check = {
  id: "interruption-queue",
  title: "interruption queue",
  async run(snapshot) {
    const { aws, settings } = snapshot;
    const name = karpenterName(settings.name);
    const review = reviewInvocation(settings, "cluster");
    const queue = await ifResourceExists(aws.sqs.send(new GetQueueUrlCommand({ QueueName: name })));
    if (!queue?.QueueUrl) {
      return broken(`there is no queue ${name}`, "deleted by hand, or the cluster stack was not applied", review);
    }
    const [{ Attributes: attributes = {} }, { Rules: rules = [] }] = await Promise.all([
      aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue.QueueUrl, AttributeNames: ["QueueArn", "Policy"] })),
      aws.events.send(new ListRulesCommand({ NamePrefix: `${name}-` })),
    ]);
    const target = { arn: attributes.QueueArn, statements: attributes.Policy ? statementsOf(attributes.Policy) : [] };
    const problems = await Promise.all(
      interruptionEvents.map((event) => {
        const ruleName = eventRuleName(settings.name, event);
        const rule = rules.find((candidate) => candidate.Name === ruleName);
        return rule ? ruleProblem(snapshot, event, rule, target) : `${ruleName} is not there`;
      }),
    );
    const problem = problems.find((one) => one !== undefined);
    return problem === undefined
      ? holds(`${name}, with ${interruptionEvents.length} rules`)
      : broken(problem, "somebody changed it by hand: Karpenter will not hear of interruptions", review);
  },
};

interface Target {
  readonly arn: string | undefined;
  /** The statements of the queue's policy. */
  readonly statements: readonly Statement[];
}

async function ruleProblem(
  { aws }: Snapshot,
  event: InterruptionEvent,
  rule: Rule,
  { arn, statements }: Target,
): Promise<string | undefined> {
  if (rule.State !== "ENABLED") {
    return `${rule.Name} is disabled`;
  }
  if (!isDeepStrictEqual(JSON.parse(rule.EventPattern ?? "null"), eventPatterns[event])) {
    return `${rule.Name} matches other events: ${rule.EventPattern}`;
  }
  const { Targets: targets = [] } = await aws.events.send(new ListTargetsByRuleCommand({ Rule: rule.Name }));
  if (!targets.some((target) => target.Arn === arn)) {
    return `${rule.Name} does not lead to the queue`;
  }
  return maySend(statements, rule.Arn ?? "") ? undefined : `the queue's policy does not let ${rule.Name} send`;
}

/** Returns whether a queue takes what EventBridge sends for a rule. */
function maySend(statements: readonly Statement[], rule: string): boolean {
  const concerned = statements.filter(
    ({ Principal, Condition }) =>
      (Principal === "*" || Principal?.["Service"]?.includes("events.amazonaws.com")) &&
      // Other conditions, as the one on TLS, are true of EventBridge or are those of a denial that is not about it.
      sourcesOf(Condition).every((sources) => sources.includes(rule)),
  );
  return allows(concerned, "sqs:SendMessage");
}

/** Returns the lists of ARNs on whose behalf a condition lets a service act; none if it does not ask. */
function sourcesOf(condition: Statement["Condition"]): readonly (readonly string[])[] {
  return Object.values(condition ?? {}).flatMap((keys) => {
    const sources = Object.entries(keys).find(([key]) => key.toLowerCase() === "aws:sourcearn")?.[1];
    return sources ? [sources] : [];
  });
}
