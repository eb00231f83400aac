import type { Kubectl } from "./kubectl";

/** An object of the platform, as `kubectl` names it: `configmap/cilium-config`. */
export interface Place {
  readonly object: string;
  readonly namespace?: string;
}

/** What becomes of an object: members that change, of its status too; or nothing is left of it. */
export type Change = { readonly patch?: unknown; readonly status?: unknown } | "gone";

/** Does something while an object is not what it should be, and puts it back. */
export async function whileBroken<T>(
  kubectl: Kubectl,
  { object, namespace }: Place,
  change: Change,
  act: () => Promise<T>,
): Promise<T> {
  const within = namespace ? [`--namespace=${namespace}`] : [];
  const before = JSON.parse(await kubectl.run(["get", object, "--output=json", ...within]));
  const { uid, resourceVersion, ...metadata } = before.metadata;
  const original = JSON.stringify({ ...before, metadata });
  try {
    if (change === "gone") {
      await kubectl.run(["delete", object, ...within]);
    } else {
      const options = namespace ? { namespace } : {};
      await (change.patch ? kubectl.patch(object, change.patch, options) : undefined);
      await (change.status
        ? kubectl.patch(object, { status: change.status }, { ...options, status: true })
        : undefined);
    }
    return await act();
  } finally {
    await (change === "gone"
      ? kubectl.run(["create", "--filename=-"], original)
      : kubectl.run(["replace", "--filename=-"], original));
    if (before.status !== undefined) {
      await kubectl.run(["replace", "--subresource=status", "--filename=-"], original).catch(() => undefined);
    }
  }
}
