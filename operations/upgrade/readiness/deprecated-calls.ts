/** A version of an API that is deprecated and was asked for, since that API server started. */
export interface DeprecatedCall {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Empty if there is none. */
  readonly subresource: string;
  /** The minor version of Kubernetes that no longer has it: `1.37`; empty if none is known. */
  readonly removedIn: string;
}

/** Kubernetes, k8s.io/apiserver/pkg/endpoints/metrics; stable. */
const metric = "apiserver_requested_deprecated_apis";

/** Finds the labels of a sample; values have escaped quotes, backslashes and line breaks (Prometheus, "Text format"). */
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Reads the calls of deprecated APIs in an API server's metrics, which have some megabytes of others. */
export function deprecatedCalls(metrics: string): readonly DeprecatedCall[] {
  return metrics
    .split("\n")
    .filter((line) => line.startsWith(`${metric}{`) && !/\} 0(?:\s|$)/.test(line))
    .map((line) => {
      const labels = new Map([...line.matchAll(label)].map(([, name = "", value = ""]) => [name, value]));
      const textOf = (name: string) => labels.get(name) ?? "";
      return {
        group: textOf("group"),
        version: textOf("version"),
        resource: textOf("resource"),
        subresource: textOf("subresource"),
        removedIn: textOf("removed_release"),
      };
    });
}
