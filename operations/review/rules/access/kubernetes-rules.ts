import type { ValueObject } from "../../../terraform/plan/value";
import { attributeText, attributeTexts, nestedBlock, nestedBlocks } from "./attributes";
import { loadBalancers, networkPolicy, podPrivileges } from "./kubernetes-pods";
import { allows, hasMatch } from "./policy-danger";
import { type PolicyStatement, policyJson } from "./policy-document";
import { type AccessRule, policyComparison } from "./rule";

/** Rules on objects, wherever they stand; Terraform's resources of their own name some members in the singular. */
export const kubernetesAccessRules: readonly AccessRule[] = [
  {
    id: "role-binding",
    severity: "caution, danger if it is cluster-admin, or for anybody or every service account",
    types: ["ClusterRoleBinding", "RoleBinding"],
    sentence: "a role is bound in a cluster",
    attributes: ["subject"],
    compare: policyComparison(roleBinding, isAdminOrAnybody),
  },
  {
    id: "role-rules",
    severity: "caution, danger if it is all of a group, secrets, commands in pods, or what gives more rights",
    types: ["ClusterRole", "Role"],
    sentence: "a role of a cluster allows more",
    attributes: ["rule"],
    compare: policyComparison(roleRules, isPowerful),
  },
  {
    id: "pod-privileges",
    severity: "caution, danger if it is all of the node, its folders or its processes",
    types: ["CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "StatefulSet"],
    sentence: "pods have more of the node that they are on",
    compare: policyComparison(podPrivileges, allows(/^(everything|the folder|the processes)/)),
  },
  {
    id: "network-policy",
    severity: "caution, danger if it is for all",
    types: ["CiliumClusterwideNetworkPolicy", "CiliumNetworkPolicy", "NetworkPolicy"],
    sentence: "a network policy lets more through, where everything goes through without one",
    compare: policyComparison(networkPolicy, isForAll, [
      policyJson({ Effect: "Allow", Action: ["ingress", "egress"], Resource: "*", Principal: { peer: "*" } }),
    ]),
  },
  {
    id: "load-balancer",
    severity: "caution, danger if it says that it faces the internet",
    types: ["helm_release", "Service"],
    sentence: "a Service, or one of a chart's, becomes a load balancer, or a port of every node",
    sharedTypes: /^/,
    compare: policyComparison(loadBalancers, allows(/ from the internet$/)),
  },
];

/** Allows subjects all of the role that is bound to them. */
function roleBinding({ metadata, roleRef, subject, subjects = subject }: ValueObject): string {
  const { kind, name } = nestedBlock(roleRef);
  const { namespace } = nestedBlock(metadata);
  return policyJson(
    ...nestedBlocks(subjects).map((one) => ({
      Effect: "Allow",
      Action: `all of ${attributeText(kind)} ${attributeText(name)}`,
      Resource: namespace === undefined ? "the cluster" : `namespace ${attributeText(namespace)}`,
      Principal: {
        [attributeText(one["kind"])]: [
          ...(one["kind"] === "ServiceAccount" ? attributeTexts(one["namespace"]) : []),
          attributeText(one["name"]),
        ].join("/"),
      },
    })),
  );
}

function isAdminOrAnybody(statement: PolicyStatement): boolean {
  const anybody = /:system:(anonymous|authenticated|unauthenticated|serviceaccounts)$/;
  return hasMatch(statement, "Principal", anybody) || hasMatch(statement, "Action", / cluster-admin$/);
}

/** Allows what a role does, to whomever it is bound. */
function roleRules({ rule, rules = rule }: ValueObject): string {
  return policyJson(
    ...nestedBlocks(rules).map(({ verbs, apiGroups, resources, resourceNames, nonResourceUrls, nonResourceURLs }) => {
      const groups = attributeTexts(apiGroups).map((group) => group || "core");
      const names = attributeTexts(resourceNames);
      return {
        Effect: "Allow",
        Action: attributeTexts(verbs),
        Resource: [
          ...groups.flatMap((group) => attributeTexts(resources).map((resource) => `${group}/${resource}`)),
          ...attributeTexts(nonResourceUrls ?? nonResourceURLs),
        ],
        Condition: names.length > 0 ? { StringEquals: { name: names } } : {},
      };
    }),
  );
}

/** What gives whoever has it more than it says: verbs, and the resources for which they do. */
const powers = [
  [
    /^\*$/,
    /^(((\*|core|rbac\.authorization\.k8s\.io)\/)?\*|rbac\.authorization\.k8s\.io\/(cluster)?role(s|bindings))$/,
  ],
  [/^(\*|get|list|watch)$/, /^(\*|core)\/(secrets|\*)$/],
  [/^(\*|create|get)$/, /^(\*|core)\/(pods\/(exec|attach|ephemeralcontainers)|nodes\/proxy|serviceaccounts\/token)$/],
  [/^(bind|escalate|impersonate)$/, /^/],
] as const;

function isPowerful(statement: PolicyStatement): boolean {
  return powers.some(
    ([verbs, resources]) =>
      hasMatch(statement, "Action", verbs) &&
      hasMatch(statement, "Resource", resources) &&
      isForAnyName(statement, verbs),
  );
}

/** A secret that the role names is one that somebody meant. */
function isForAnyName({ conditions }: PolicyStatement, verbs: RegExp): boolean {
  return conditions.length === 0 || verbs.test("bind");
}

function isForAll(statement: PolicyStatement): boolean {
  return hasMatch(statement, "Principal", /^peer:\*$/);
}
