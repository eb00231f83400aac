import type { KubernetesCall } from "../command/call";

/** The path of a resource, with the names that RBAC has for its parts (Kubernetes, "API Concepts", resource URIs). */
const resourcePath =
  /^\/(?:api|apis\/(?<group>[^/]+))\/v[^/]+\/(?:namespaces\/(?<namespace>[^/]+)\/(?=[^/]))?(?<resource>[^/]+)(?:\/(?<name>[^/]+))?(?:\/(?<subresource>.+))?$/;

const writingVerbs: Readonly<Record<string, string>> = { POST: "create", PUT: "update", PATCH: "patch" };

/** Returns the call that an HTTP request makes, in the words of RBAC (Kubernetes, "Authorization", request verbs). */
export function requestCall(method: string, url: string): KubernetesCall {
  const { pathname, searchParams } = new URL(url);
  const parts = resourcePath.exec(pathname)?.groups;
  if (!parts) {
    return { system: "kubernetes", verb: method.toLowerCase(), resource: pathname, namespace: undefined };
  }
  const { group, namespace, resource, name, subresource } = parts;
  return {
    system: "kubernetes",
    verb: requestVerb(method, name !== undefined, searchParams.get("watch") === "true"),
    resource: `${resource}${subresource ? `/${subresource}` : ""}${group ? `.${group}` : ""}`,
    namespace,
  };
}

function requestVerb(method: string, isNamed: boolean, isWatch: boolean): string {
  if (method === "DELETE") {
    return isNamed ? "delete" : "deletecollection";
  }
  const written = writingVerbs[method];
  if (written !== undefined) {
    return written;
  }
  if (isWatch) {
    return "watch";
  }
  return isNamed ? "get" : "list";
}
