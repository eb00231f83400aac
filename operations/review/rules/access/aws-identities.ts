import { objectOf, Unknown, type ValueObject } from "../../../terraform/plan/value";
import { parseYaml } from "../../diff/parse-yaml";
import { attributeText, attributeTexts, nestedBlock, nestedBlocks } from "./attributes";
import { policyJson } from "./policy-document";

// Who may be whom is written as policies here, to be compared as those are.

/** Allows what gives access to a cluster: an entry, a policy of EKS's, or the ConfigMap that clusters had before those. */
export function clusterAccess(resource: ValueObject): string {
  if (resource["policy_arn"] !== undefined) {
    return accessPolicy(resource);
  }
  return resource["principal_arn"] === undefined && resource["metadata"] !== undefined
    ? awsAuth(resource)
    : accessEntry(resource);
}

/** Allows whom the ConfigMap `aws-auth` lists to sign in, as a member of groups. */
function awsAuth({ metadata, data }: ValueObject): string {
  const { name } = nestedBlock(metadata);
  const { mapRoles, mapUsers } = objectOf(data);
  const texts = [mapRoles, mapUsers].filter((text) => text !== undefined);
  const isClear =
    !(data instanceof Unknown) && texts.every((text) => typeof text === "string" && parseYaml(text) !== undefined);
  if (name === "aws-auth" && !isClear) {
    // No policy, so that people are asked to read it.
    return "";
  }
  const entries = [mapRoles, mapUsers].flatMap((text) =>
    nestedBlocks(typeof text === "string" ? (parseYaml(text) ?? null) : null),
  );
  return policyJson(
    ...(name === "aws-auth" ? entries : []).map(({ rolearn, userarn, groups }) => ({
      Effect: "Allow",
      Action: ["sign-in", ...attributeTexts(groups).map((group) => `membership of ${group}`)],
      Resource: "the cluster",
      Principal: attributeText(rolearn ?? userarn),
    })),
  );
}

/** Allows a principal to sign in to a cluster, as a member of groups there. */
function accessEntry({ cluster_name, principal_arn, kubernetes_groups, type }: ValueObject): string {
  // Nodes of a role that the same plan makes are our own.
  if (typeof principal_arn !== "string" && /^(?:EC2|FARGATE|HYBRID)/.test(String(type))) {
    return policyJson();
  }
  return policyJson({
    Effect: "Allow",
    Action: ["sign-in", ...attributeTexts(kubernetes_groups).map((group) => `membership of ${group}`)],
    Resource: attributeText(cluster_name),
    Principal: attributeText(principal_arn),
  });
}

/** Allows a policy of EKS's own, in a cluster or in some of its namespaces. */
function accessPolicy({ cluster_name, principal_arn, policy_arn, access_scope }: ValueObject): string {
  const { type, namespaces } = nestedBlock(access_scope);
  return policyJson({
    Effect: "Allow",
    Action: `all of ${attributeText(policy_arn).replace(/^.*cluster-access-policy\//, "")}`,
    Resource: attributeText(cluster_name),
    Principal: attributeText(principal_arn),
    Condition: type === "namespace" ? { StringEquals: { namespace: attributeTexts(namespaces) } } : {},
  });
}

/** Allows pods of a service account to assume a role. */
function podIdentity({ role_arn, cluster_name, namespace, service_account }: ValueObject): string {
  return policyJson({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Resource: attributeText(role_arn),
    Principal: {
      "service account": `${attributeText(cluster_name)}/${attributeText(namespace)}/${attributeText(service_account)}`,
    },
  });
}

/** What an instance profile that is not there yet may have: its role is said where it is another one. */
export const anyRole = policyJson({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource: "*",
  Principal: { "instance profile": "*" },
});

/** Allows a user, pods or instances to be somebody: by a key or a password, as a member of groups, or in a role. */
export function givenIdentity(resource: ValueObject): string {
  const { service_account, role, name, user, users, group, groups } = resource;
  if (service_account !== undefined) {
    return podIdentity(resource);
  }
  if (role !== undefined) {
    return policyJson({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: attributeTexts(role),
      Principal: { "instance profile": attributeText(name) },
    });
  }
  const isMembership = group !== undefined || groups !== undefined;
  const joined = [group, groups].flatMap(attributeTexts);
  const [key, value] = "password_length" in resource ? ["a password", "sign-in"] : ["a key", "calls"];
  return policyJson({
    Effect: "Allow",
    Action: isMembership ? joined.map((one) => `membership of ${one}`) : `${value} with ${key}`,
    Principal: { user: [user, users].flatMap(attributeTexts) },
  });
}
