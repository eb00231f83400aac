import { systemNamespace } from "../../../platform/names";
import type { ClusterObject } from "../../kubernetes/objects";
import { broken, type Check, holds, warning } from "../check";
import { counted } from "../wording";

/** A rule for one direction, whose members say which traffic it is about. */
type Rule = Readonly<Record<string, unknown>>;

type PolicyRules = {
  /** Undefined in a policy of nodes, which has no effect without Cilium's host firewall. */
  readonly endpointSelector: Readonly<Record<string, object>> | undefined;
  readonly enableDefaultDeny: Readonly<Partial<Record<Direction, boolean>>> | undefined;
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
  readonly ingressDeny: readonly Rule[] | undefined;
  readonly egressDeny: readonly Rule[] | undefined;
};

interface Policy extends ClusterObject {
  /** @default - none: its rules are in `specs` */
  readonly spec?: PolicyRules;
  /** Beside `spec`, a policy may have several. */
  readonly specs: readonly PolicyRules[] | undefined;
}

const directions = ["ingress", "egress"] as const;
type Direction = (typeof directions)[number];

const peers = { ingress: "from", egress: "to" } as const;

/** A policy of all pods that allows nothing takes the network of the platform's own, too. */
export const clusterwidePolicies: Check = {
  id: "clusterwide-policies",
  title: "clusterwide policies",
  async run(snapshot) {
    const policies = (await snapshot.customObjects(
      "ciliumclusterwidenetworkpolicies.v2.cilium.io",
    )) as readonly Policy[];
    const next = (policy: Policy) => `kubectl get ciliumclusterwidenetworkpolicy ${policy.metadata.name} --output yaml`;
    const found = (policy: Policy, what: string) => `${policy.metadata.name} ${what}`;
    const denying = policies.find((policy) => ofAllPods(policy).some(deniesEverything));
    if (denying) {
      return broken(
        found(denying, "denies all traffic of all pods"),
        "somebody applied it: what it denies, no other policy can allow",
        next(denying),
      );
    }
    const others = (await snapshot.customObjects("ciliumnetworkpolicies.v2.cilium.io")) as readonly Policy[];
    const closing = policies.find((policy) => ofAllPods(policy).some(allowsNothing));
    if (!closing) {
      return holds(policies.length === 0 ? "none" : `none of ${policies.length} denies all`);
    }
    const allowing = [
      ...policies.filter((policy) => policy !== closing),
      ...others.filter(({ metadata }) => metadata.namespace === systemNamespace),
    ].filter((policy) => rulesOf(policy).some((rules) => !allowsNothing(rules)));
    return allowing.length === 0
      ? broken(
          found(closing, "denies all traffic that no other policy allows, and none does"),
          "somebody applied it: CoreDNS, Flux and Karpenter have no network",
          next(closing),
        )
      : warning(
          found(closing, "denies all traffic that no other policy allows"),
          `somebody applied it; whether ${counted(allowing.length, "other")} allow what the platform needs is not looked at`,
          next(closing),
        );
  },
};

function rulesOf({ spec, specs = [] }: Policy): PolicyRules[] {
  return [...(spec ? [spec] : []), ...specs];
}

/** Returns the rules of a policy whose selector, without any label or expression, takes all pods. */
function ofAllPods(policy: Policy): PolicyRules[] {
  return rulesOf(policy).filter(
    ({ endpointSelector }) =>
      endpointSelector && Object.values(endpointSelector).every((terms) => Object.keys(terms).length === 0),
  );
}

function deniesEverything(rules: PolicyRules): boolean {
  return directions.some((direction) =>
    rules[`${direction}Deny`]?.some(
      (rule) => isAboutAll(rule, direction) && rule["toPorts"] === undefined && rule["icmps"] === undefined,
    ),
  );
}

function isAboutAll(rule: Rule, direction: Direction): boolean {
  const entities = rule[`${peers[direction]}Entities`];
  return Array.isArray(entities) && (entities.includes("all") || entities.includes("cluster"));
}

/**
 * A rule of either kind closes its direction, unless the policy says otherwise; one without a peer opens nothing, and no more does one that
 * denies (Cilium, pkg/policy/api/rule_validation.go).
 */
function allowsNothing(rules: PolicyRules): boolean {
  return directions.some((direction) => {
    const allowing = rules[direction] ?? [];
    const denying = rules[`${direction}Deny`] ?? [];
    const isClosed = rules.enableDefaultDeny?.[direction] ?? allowing.length + denying.length > 0;
    return isClosed && allowing.every((rule) => Object.keys(rule).length === 0);
  });
}
