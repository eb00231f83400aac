import type { ValueObject } from "../../../terraform/plan/value";
import { attributeText, attributeTexts, nestedBlock, nestedBlocks } from "./attributes";
import { hasMatch } from "./policy-danger";
import { type PolicyStatement, policyJson } from "./policy-document";
import { type AccessRule, policyComparison } from "./rule";

export const kubernetesAccessRules: readonly AccessRule[] = [
  {
    id: "role-binding",
    severity: "caution, danger if it is cluster-admin, or for anybody",
    types: [
      "kubernetes_cluster_role_binding",
      "kubernetes_cluster_role_binding_v1",
      "kubernetes_role_binding",
      "kubernetes_role_binding_v1",
    ],
    sentence: "a role is bound in a cluster",
    attributes: ["subject"],
    compare: policyComparison(roleBinding, isAdminOrAnybody),
  },
  {
    id: "role-rules",
    severity: "caution, danger if it is everything, or bind, escalate or impersonate",
    types: ["kubernetes_cluster_role", "kubernetes_cluster_role_v1", "kubernetes_role", "kubernetes_role_v1"],
    sentence: "a role of a cluster allows more",
    attributes: ["rule"],
    compare: policyComparison(roleRules, isEverything),
  },
];

/** Allows subjects all of the role that is bound to them. */
function roleBinding({ metadata, role_ref, subject }: ValueObject): string {
  const { kind, name } = nestedBlock(role_ref);
  const { namespace } = nestedBlock(metadata);
  return policyJson(
    ...nestedBlocks(subject).map((one) => ({
      Effect: "Allow",
      Action: `all of ${attributeText(kind)} ${attributeText(name)}`,
      Resource: namespace === undefined ? "the cluster" : `namespace ${attributeText(namespace)}`,
      Principal: {
        [attributeText(one["kind"])]: [...attributeTexts(one["namespace"]), attributeText(one["name"])].join("/"),
      },
    })),
  );
}

function isAdminOrAnybody(statement: PolicyStatement): boolean {
  const anybody = hasMatch(statement, "Principal", /:system:(anonymous|authenticated|unauthenticated)$/);
  return anybody || hasMatch(statement, "Action", / cluster-admin$/);
}

/** Allows what a role does, to whomever it is bound. */
function roleRules({ rule }: ValueObject): string {
  return policyJson(
    ...nestedBlocks(rule).map(({ verbs, api_groups, resources, resource_names, non_resource_urls }) => {
      const groups = attributeTexts(api_groups).map((group) => group || "core");
      const names = attributeTexts(resource_names);
      return {
        Effect: "Allow",
        Action: attributeTexts(verbs),
        Resource: [
          ...groups.flatMap((group) => attributeTexts(resources).map((resource) => `${group}/${resource}`)),
          ...attributeTexts(non_resource_urls),
        ],
        Condition: names.length > 0 ? { StringEquals: { name: names } } : {},
      };
    }),
  );
}

function isEverything(statement: PolicyStatement): boolean {
  const all = hasMatch(statement, "Action", /^\*$/) && hasMatch(statement, "Resource", /^(\*\/)?\*$/);
  return all || hasMatch(statement, "Action", /^(bind|escalate|impersonate)$/);
}
