import type { ValueObject } from "../../../terraform/plan/value";
import { type AccessRule, policies } from "./access-rule";
import { block, blocks, text, texts } from "./attributes";
import { has } from "./policy-danger";
import { documentOf, type Statement } from "./policy-document";

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
    compare: policies(roleBinding, isAdminOrAnybody),
  },
  {
    id: "role-rules",
    severity: "caution, danger if it is everything, or bind, escalate or impersonate",
    types: ["kubernetes_cluster_role", "kubernetes_cluster_role_v1", "kubernetes_role", "kubernetes_role_v1"],
    sentence: "a role of a cluster allows more",
    attributes: ["rule"],
    compare: policies(roleRules, isEverything),
  },
];

/** A role that is bound to subjects. */
function roleBinding({ metadata, role_ref, subject }: ValueObject): string {
  const { kind, name } = block(role_ref);
  const { namespace } = block(metadata);
  return documentOf(
    ...blocks(subject).map((one) => ({
      Effect: "Allow",
      Action: `all of ${text(kind)} ${text(name)}`,
      Resource: namespace === undefined ? "the cluster" : `namespace ${text(namespace)}`,
      Principal: { [text(one["kind"])]: [...texts(one["namespace"]), text(one["name"])].join("/") },
    })),
  );
}

function isAdminOrAnybody(statement: Statement): boolean {
  const anybody = has(statement, "Principal", /:system:(anonymous|authenticated|unauthenticated)$/);
  return anybody || has(statement, "Action", / cluster-admin$/);
}

/** What a role allows to those it is bound to. */
function roleRules({ rule }: ValueObject): string {
  return documentOf(
    ...blocks(rule).map(({ verbs, api_groups, resources, resource_names, non_resource_urls }) => {
      const groups = texts(api_groups).map((group) => group || "core");
      const names = texts(resource_names);
      return {
        Effect: "Allow",
        Action: texts(verbs),
        Resource: [
          ...groups.flatMap((group) => texts(resources).map((resource) => `${group}/${resource}`)),
          ...texts(non_resource_urls),
        ],
        Condition: names.length > 0 ? { StringEquals: { name: names } } : {},
      };
    }),
  );
}

function isEverything(statement: Statement): boolean {
  const all = has(statement, "Action", /^\*$/) && has(statement, "Resource", /^(\*\/)?\*$/);
  return all || has(statement, "Action", /^(bind|escalate|impersonate)$/);
}
