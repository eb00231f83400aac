import { type Duplex, Writable } from "node:stream";
import { KubeConfig, PortForward } from "@kubernetes/client-node";

import type { KubernetesCall } from "../command/call";
import { Failure } from "../command/failure";
import type { KubernetesEndpoint } from "./endpoint";
import { kubernetesFailure, refusal } from "./failure";

export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** Connects a stream with a port of a pod; resolves when either has ended, rejects if there is no way. */
export type Forward = (to: PodPort, local: Duplex) => Promise<void>;

/** `get` by the web socket's method, `create` because it is a way in (feature gate AuthorizePodWebsocketUpgradeCreatePermission). */
export const portForwardVerbs = ["get", "create"] as const;

export function portForward(props: KubernetesEndpoint): Forward {
  const { server, certificateAuthority, token, observe } = props;
  const config = new KubeConfig();
  const name = "eks";
  config.loadFromOptions({
    clusters: [{ name, server, caData: Buffer.from(certificateAuthority).toString("base64") }],
    users: [{ name }],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  config.addAuthenticator({
    isAuthProvider: () => true,
    applyAuthentication: async (_, options) => {
      options.headers = { ...options.headers, Authorization: `Bearer ${await token()}` };
    },
  });
  const client = new PortForward(config);

  return async ({ namespace, pod, port }, local) => {
    const call: KubernetesCall = { system: "kubernetes", verb: "create", resource: "pods/portforward", namespace };
    observe(call);
    const { said, stream } = collected();
    const opened = await client.portForward(namespace, pod, [port], local, stream, local).catch(async (reason) => {
      throw await upgradeFailure(reason, call, props);
    });
    const way = typeof opened === "function" ? opened() : opened;
    if (!way) {
      return;
    }
    local.once("close", () => way.close());
    await new Promise<void>((resolve) => {
      way.onclose = () => resolve();
      // It may have closed while it was handed over.
      if (local.destroyed || way.readyState >= way.CLOSING) {
        way.close();
        resolve();
      }
    });
    if (said() !== "") {
      throw new Failure("unexpected", `${pod} does not answer on port ${port}: ${said()}`, "look at the pod's log");
    }
  };
}

/** What the kubelet says of a port that it can't reach. */
function collected(): { said: () => string; stream: Writable } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { said: () => chunks.join("").trim(), stream };
}

/** The web socket's client tells of a refusal in words alone. */
async function upgradeFailure(reason: unknown, call: KubernetesCall, props: KubernetesEndpoint): Promise<Failure> {
  const event = reason as { readonly error: unknown; readonly message: string | undefined };
  const status = /Unexpected server response: (\d+)/.exec(event.message ?? "")?.[1];
  return (await refusal(Number(status), call)) ?? kubernetesFailure(event.error ?? reason, call, props);
}
