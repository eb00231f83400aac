import type { Kubectl } from "../../rehearsal/world/kubectl";
import { startAwsProxy } from "./aws-proxy";

/** Does something while the world is not what it should be, and puts it back. */
export type Break = <T>(act: () => Promise<T>) => Promise<T>;

/** What becomes of an object: members that change, of its status too; or nothing is left of it; or a finalizer holds it that nobody ends. */
export type Change = { readonly patch?: unknown; readonly status?: unknown } | "gone" | "going";

/** @param place - as kubectl names it: `configmap/cilium-config --namespace=kube-system` */
export function changed(kubectl: Kubectl, place: string, change: Change): Break {
  const [object = "", ...within] = place.split(" ");
  return async (act) => {
    const before = JSON.parse(await kubectl.run(["get", object, "--output=json", ...within]));
    const { uid, resourceVersion, ...metadata } = before.metadata;
    const original = JSON.stringify({ ...before, metadata });
    const patch = (body: unknown, ...more: string[]) =>
      kubectl.run(["patch", object, "--type=merge", `--patch=${JSON.stringify(body)}`, ...within, ...more]);
    try {
      if (change === "gone") {
        await kubectl.run(["delete", object, ...within]);
      } else if (change === "going") {
        await patch({ metadata: { finalizers: ["test.example/hold"] } });
        await kubectl.run(["delete", object, ...within, "--wait=false"]);
      } else {
        await (change.patch ? patch(change.patch) : undefined);
        await (change.status ? patch({ status: change.status }, "--subresource=status") : undefined);
      }
      return await act();
    } finally {
      await (change === "going" ? patch({ metadata: { finalizers: null } }) : undefined);
      const back = typeof change === "string" ? "create" : "replace";
      const { metadata: now } = JSON.parse(await kubectl.run([back, "--filename=-", "--output=json"], original));
      if (before.status !== undefined) {
        // As if its controller had read it again.
        const read = before.status.observedGeneration === undefined ? {} : { observedGeneration: now.generation };
        const status = JSON.stringify({ ...before, metadata, status: { ...before.status, ...read } });
        // Kinds without a subresource have taken it already.
        await kubectl.run(["replace", "--subresource=status", "--filename=-"], status).catch(() => undefined);
      }
    }
  };
}

/** @param manifest - of an object that is not the platform's */
export function added(kubectl: Kubectl, manifest: object): Break {
  return async (act) => {
    await kubectl.run(["create", "--filename=-"], JSON.stringify(manifest));
    try {
      return await act();
    } finally {
      await kubectl.run(["delete", "--filename=-"], JSON.stringify(manifest));
    }
  };
}

/** Something that somebody does in AWS, and undoes. */
export function done(change: () => Promise<unknown>, undo: () => Promise<unknown>): Break {
  return async (act) => {
    await change();
    try {
      return await act();
    } finally {
      await undo();
    }
  };
}

/** Every call of an action is refused. */
export function refused(service: string, action: string, code: string): Break {
  const faults = () => `${process.env.AWS_ENDPOINT_URL}/_rehearsal/fail`;
  return done(
    () => fetch(faults(), { method: "POST", body: JSON.stringify({ service, action, code, status: 403, times: 100 }) }),
    () => fetch(faults(), { method: "DELETE" }),
  );
}

/**
 * AWS answers otherwise than it is, for what a world can't become.
 * @param action - as IAM policies write it: `ec2:DescribeSubnets`
 */
export function answered(action: string, change: (answer: string) => string): Break {
  const [service = ""] = action.split(":");
  return async (act) => {
    const proxy = await startAwsProxy(process.env.AWS_ENDPOINT_URL ?? "", (asked, answer) =>
      asked === action ? change(answer) : answer,
    );
    try {
      return await withEnvironment({ [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]: proxy.url })(act);
    } finally {
      await proxy.end();
    }
  };
}

/** Variables of the environment have other values, or none. */
export function withEnvironment(variables: Readonly<Record<string, string | undefined>>): Break {
  const before = { ...process.env };
  const set = (values: Readonly<Record<string, string | undefined>>) => {
    for (const name of Object.keys(variables)) {
      if (values[name] === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = values[name];
      }
    }
  };
  return done(
    async () => set(variables),
    async () => set(before),
  );
}
