/** Something that was asked of AWS, of the Kubernetes API or of GitHub. */
export type Call = AwsCall | KubernetesCall | GithubCall;

export interface AwsCall {
  readonly system: "aws";
  /** As IAM policies write it: `eks:DescribeCluster`. */
  readonly action: string;
  /**
   * What is asked, by the names of the SDK.
   * @default - nothing
   */
  readonly input?: object;
}

export interface KubernetesCall {
  readonly system: "kubernetes";
  /** As roles write it: `list`. */
  readonly verb: string;
  /** With its group: `nodes`, `nodepools.karpenter.sh`; a path where it is no resource. */
  readonly resource: string;
  /** Nothing for what has none, and for all at once. */
  readonly namespace: string | undefined;
}

export interface GithubCall {
  readonly system: "github";
  readonly method: "GET";
  /** Below the API's address. */
  readonly path: string;
}

/** Is told of every call before it is made, and keeps it from being made by throwing. */
export type Observer = (call: Call) => void;

/** Returns a call as people read it: `eks:DescribeCluster`, `list nodes`, `get configmaps in flux-system`. */
export function callText(call: Call): string {
  if (call.system === "aws") {
    return call.action;
  }
  if (call.system === "github") {
    return `${call.method} ${call.path} of GitHub`;
  }
  return `${call.verb} ${call.resource}${call.namespace === undefined ? "" : ` in ${call.namespace}`}`;
}

/** Returns whether a call changes nothing. A SelfSubjectAccessReview is made and not kept, and a session ends by itself. */
export function isRead(call: Call): boolean {
  switch (call.system) {
    case "aws":
      return /^[a-z\d-]+:(?:Describe|Get|List)/.test(call.action) || call.action === "sts:AssumeRole";
    case "github":
      return call.method === "GET";
    case "kubernetes":
      return (
        ["get", "list", "watch"].includes(call.verb) ||
        (call.verb === "create" && call.resource === "selfsubjectaccessreviews.authorization.k8s.io")
      );
  }
}

/** Throws if a call would change something, for programs that look and never touch. */
export function readsOnly(call: Call): void {
  if (!isRead(call)) {
    throw new Error(`${callText(call)} would change something, and this command only reads`);
  }
}
