import { type Duplex, Writable } from "node:stream";
import { KubeConfig, PortForward } from "@kubernetes/client-node";

import { shortMessage } from "../../platform/visible-text";
import { callText, type KubernetesCall } from "../command/call";
import { timed } from "../command/debug";
import { Failure } from "../command/failure";
import type { KubernetesEndpoint } from "./endpoint";
import { kubernetesFailure, statusFailure } from "./failure";

export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/**
 * Connects a stream with a port of a pod, until either end closes.
 * @throws Failure if they can't be connected
 */
export type Forward = (to: PodPort, local: Duplex) => Promise<void>;

/**
 * The rights that forwarding takes: `get`, the web socket's method, and `create`
 * (feature gate AuthorizePodWebsocketUpgradeCreatePermission).
 */
export const portForwardVerbs = ["get", "create"] as const;

export function portForward(endpoint: KubernetesEndpoint): Forward {
  const client = new PortForward(kubeConfig(endpoint));

  return async ({ namespace, pod, port }, local) => {
    const call: KubernetesCall = { system: "kubernetes", verb: "create", resource: "pods/portforward", namespace };
    endpoint.observe(call);
    const errors = textCollector();
    const open = () => client.portForward(namespace, pod, [port], local, errors.stream, local);
    const opened = await timed(callText(call), open).catch((reason) => {
      throw upgradeFailure(reason, call, endpoint);
    });
    const socket = typeof opened === "function" ? opened() : opened;
    if (!socket) {
      return;
    }
    local.once("close", () => socket.close());
    await new Promise<void>((resolve) => {
      socket.onclose = () => resolve();
      // Either end may have closed before these listeners were there.
      if (local.destroyed || socket.readyState >= socket.CLOSING) {
        socket.close();
        resolve();
      }
    });
    if (errors.text() !== "") {
      const message = `${pod} does not answer on port ${port}: ${shortMessage(errors.text())}`;
      throw new Failure("unexpected", message, "look at the pod's log");
    }
  };
}

function kubeConfig({ server, certificateAuthority, token }: KubernetesEndpoint): KubeConfig {
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
  return config;
}

/** Collects what the kubelet writes about a port that it can't reach. */
function textCollector(): { readonly text: () => string; readonly stream: Writable } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { text: () => chunks.join("").trim(), stream };
}

/** Reads the status of a refusal out of a message, since the web socket's client gives it nowhere else. */
function upgradeFailure(reason: unknown, call: KubernetesCall, endpoint: KubernetesEndpoint): Error {
  const event = reason as { readonly error: unknown; readonly message: string | undefined };
  const status = Number(/Unexpected server response: (\d+)/.exec(event.message ?? "")?.[1]);
  return (
    statusFailure({ status, body: "", retryAfter: undefined }, call) ??
    kubernetesFailure(event.error ?? reason, call, endpoint)
  );
}
