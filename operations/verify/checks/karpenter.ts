import { ListRulesCommand, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";

import {
  eventRuleName,
  interruptionEvents,
  karpenterName,
  karpenterNamespace,
  startupTaint,
} from "../../../platform/names";
import { versions } from "../../../platform/versions";
import { ifPresent } from "../../aws/clients";
import { Failure } from "../../command/failure";
import { type Custom, conditionOf, nameOf, notReady } from "../../kubernetes/custom";
import { age, isYoung } from "../age";
import { broken, type Check, type Finding, holds } from "../check";
import { lookAgain, planOf } from "../next-commands";
import type { Look } from "../snapshot";
import { deployment, otherVersion } from "../workload";

export const karpenter: Check = {
  id: "karpenter",
  title: "Karpenter",
  async run(look) {
    const [running, releases] = await Promise.all([
      deployment(look, karpenterNamespace, karpenterNamespace),
      look.custom("helmreleases.v2.helm.toolkit.fluxcd.io"),
    ]);
    const release = releases.find(({ metadata: { name } }) => name === karpenterNamespace) as HelmRelease | undefined;
    // Not its image's tag, which the chart may leave as it was.
    const deployed = release?.status?.history?.[0]?.chartVersion;
    // helm-controller appends the digest of a chart that is an OCI artifact.
    return running.state === "holds" && deployed !== undefined && deployed.split("+")[0] !== versions.karpenter
      ? otherVersion(look, `chart ${deployed}`, versions.karpenter)
      : running;
  },
};

interface HelmRelease extends Custom {
  readonly status:
    | (NonNullable<Custom["status"]> & { readonly history: readonly { readonly chartVersion: string }[] | undefined })
    | undefined;
}

const pools = "nodepools.v1.karpenter.sh";

export const nodePools: Check = {
  id: "node-pools",
  title: "NodePools",
  run: async (look) => allReady("NodePool", await look.custom(pools)),
};

export const nodeClasses: Check = {
  id: "node-classes",
  title: "EC2NodeClasses",
  run: async (look) => allReady("EC2NodeClass", await look.custom("ec2nodeclasses.v1.karpenter.k8s.aws")),
};

function allReady(kind: string, objects: readonly Custom[]): Finding {
  const get = `kubectl describe ${kind.toLowerCase()}s`;
  const [unready] = objects.filter((object) => notReady(object) !== undefined);
  if (unready) {
    return broken(
      `${nameOf(unready)}: ${notReady(unready)}`,
      kind === "NodePool"
        ? "its EC2NodeClass is not ready, or Karpenter does not run"
        : "nothing in AWS has the tags that it selects, or Karpenter's role may not ask",
      `${get} ${nameOf(unready)}`,
    );
  }
  return objects.length > 0
    ? holds(objects.map(({ metadata }) => metadata.name).join(", "))
    : broken("there is none", "Flux has not applied them yet, or somebody deleted them", "flux get kustomizations");
}

export const interruptionQueue: Check = {
  id: "interruption-queue",
  title: "interruption queue",
  async run(look) {
    const { aws, settings } = look;
    const name = karpenterName(settings.name);
    const plan = planOf(settings, "cluster");
    const queue = await ifPresent(aws.sqs.send(new GetQueueUrlCommand({ QueueName: name })));
    if (!queue?.QueueUrl) {
      return broken(`there is no queue ${name}`, "deleted by hand, or the cluster stack was not applied", plan);
    }
    const [attributes, { Rules: rules = [] }] = await Promise.all([
      aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue.QueueUrl, AttributeNames: ["QueueArn"] })),
      aws.events.send(new ListRulesCommand({ NamePrefix: `${name}-` })),
    ]);
    const arn = attributes.Attributes?.QueueArn;
    const problems = await Promise.all(
      interruptionEvents.map(async (event) => {
        const ruleName = eventRuleName(settings.name, event);
        const rule = rules.find((candidate) => candidate.Name === ruleName);
        if (rule?.State !== "ENABLED") {
          return `${ruleName} is ${rule ? "disabled" : "not there"}`;
        }
        const { Targets: targets = [] } = await aws.events.send(new ListTargetsByRuleCommand({ Rule: rule.Name }));
        return targets.some((target) => target.Arn === arn) ? undefined : `${ruleName} does not lead to the queue`;
      }),
    );
    const [problem] = problems.filter((found) => found !== undefined);
    return problem === undefined
      ? holds(`${name}, with ${interruptionEvents.length} rules`)
      : broken(problem, "somebody changed it by hand: Karpenter will not hear of interruptions", plan);
  },
};

interface NodeClaim extends Custom {
  readonly status: (NonNullable<Custom["status"]> & { readonly nodeName: string | undefined }) | undefined;
}

export const launchedNodes: Check = {
  id: "karpenter-nodes",
  title: "nodes of Karpenter",
  run: launched,
};

async function launched(look: Look): Promise<Finding> {
  const [claims, nodes] = await Promise.all([look.custom("nodeclaims.v1.karpenter.sh"), look.nodes()]);
  const [stuck] = claims.filter(
    (claim) => notReady(claim) !== undefined && !claim.metadata.deletionTimestamp,
  ) as NodeClaim[];
  if (claims.length === 0 && (await look.custom(pools)).length === 0) {
    throw new Failure("nothing there", "there is no NodePool that could have launched any", "see NodePools above");
  }
  if (!stuck) {
    return claims.length === 0 ? holds("none is needed") : holds(`${claims.length} joined`);
  }
  const taint = nodes
    .find(({ metadata }) => metadata?.name === stuck.status?.nodeName)
    ?.spec?.taints?.find(({ key }) => key === startupTaint);
  const stage = ["Launched", "Registered", "Initialized"].find((type) => conditionOf(stuck, type)?.status !== "True");
  const { reason = "", message = "" } = conditionOf(stuck, stage ?? "Ready") ?? {};
  const found = `${nameOf(stuck)} is not ${stage?.toLowerCase() ?? "ready"} after ${age(stuck.metadata.creationTimestamp)} (${reason || message || "no reason given"})`;
  if (isYoung(stuck.metadata.creationTimestamp)) {
    return broken(found, "it is on its way: a machine takes a minute or two", lookAgain(look.settings));
  }
  return broken(
    found,
    taint === undefined
      ? (causes[stage ?? ""] ?? "its node is not ready")
      : `Cilium's agent is not ready on its node, which still has the taint ${startupTaint}`,
    `kubectl describe nodeclaim ${nameOf(stuck)}`,
  );
}

const causes: Readonly<Record<string, string>> = {
  Launched: "EC2 has no capacity, a quota is reached, or Karpenter's role may not launch",
  Registered: "the machine can't reach the API, or its role has no access entry",
  Initialized: "a startup taint is still there, or the kubelet is not ready",
};
