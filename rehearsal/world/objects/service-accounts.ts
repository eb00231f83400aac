import { parseAllDocuments } from "yaml";

import type { KubernetesObject } from "../kubectl";

const roleAnnotation = "eks.amazonaws.com/role-arn";

interface Workload extends KubernetesObject {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

interface PodSpec {
  readonly serviceAccountName: string | undefined;
  readonly containers: readonly { readonly env: readonly { readonly name: string }[] | undefined }[];
}

/**
 * Returns a chart's manifest whose Deployments' pods have the roles of their service accounts in AWS, as EKS's webhook gives them when
 * they are made. No webhook runs here, so the template has them.
 */
export function withRolesOfAccounts(manifest: string): string {
  const objects = parseAllDocuments(manifest).flatMap((document): KubernetesObject[] => document.toJS() ?? []);
  const roles = new Map(
    objects
      .filter(({ kind }) => kind === "ServiceAccount")
      .map(({ metadata: { name, annotations } }) => [name, annotations?.[roleAnnotation]]),
  );
  const items = objects.map((object) => {
    if (!isDeployment(object)) {
      return object;
    }
    const role = roles.get(object.spec.template.spec.serviceAccountName ?? "");
    return role === undefined ? object : withRole(object, role);
  });
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

function isDeployment(object: KubernetesObject): object is Workload {
  return object.kind === "Deployment";
}

function withRole(deployment: Workload, role: string): Workload {
  const { spec } = deployment;
  const pod = spec.template.spec;
  const containers = pod.containers.map((container) => {
    const env = container.env ?? [];
    const isThere = env.some(({ name }) => name === "AWS_ROLE_ARN");
    return isThere ? container : { ...container, env: [...env, { name: "AWS_ROLE_ARN", value: role }] };
  });
  return { ...deployment, spec: { ...spec, template: { ...spec.template, spec: { ...pod, containers } } } };
}
