/** An object of a kind that Kubernetes does not have by itself: what they have in common. */
export interface Custom {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string | undefined;
    readonly generation: number | undefined;
    readonly creationTimestamp: string | undefined;
    readonly deletionTimestamp: string | undefined;
    readonly labels: Readonly<Record<string, string>> | undefined;
  };
  readonly spec: unknown;
  readonly status: { readonly conditions: readonly Condition[] | undefined } | undefined;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  readonly lastTransitionTime: string | undefined;
}

/** `namespace/name`, or the name alone. */
export function nameOf({ metadata: { namespace, name } }: Pick<Custom, "metadata">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

export function conditionOf({ status }: Custom, type: string): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** What keeps an object from being ready; nothing, if it is. */
export function notReady(object: Custom): string | undefined {
  const ready = conditionOf(object, "Ready");
  if (ready?.status === "True") {
    return undefined;
  }
  const why = [ready?.reason, ready?.message].filter((part) => part !== undefined && part !== "").join(": ");
  return why === "" ? "its controller has not said anything" : why;
}
