import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

import { systemNamespace } from "../../platform/names";
import { visibleLine } from "../command/visible-text";
import type { Kubernetes } from "../kubernetes/clients";
import { addressOf, listen } from "./listen";
import { expectForwardRights, readyPods, webPort } from "./pod";

export interface ForwardProps {
  readonly kubernetes: () => Promise<Kubernetes>;
  /** Port of this machine; 0 is any that is free. */
  readonly port: number;
  /** Is given each line that a person should read. */
  readonly say: (line: string) => void;
}

/** Milliseconds between two questions where the UI runs. */
const pause = 3_000;

/** Carries connections to Hubble's UI, wherever its pod is, until the program ends. */
export async function forward({ kubernetes, port, say }: ForwardProps): Promise<never> {
  const podsOfSockets = new Map<Socket, string>();
  const sayPlace = sayChanges(say);
  const sayRefusal = sayChanges(say);
  let pods: readonly string[] = [];

  const findPods = async () => {
    pods = await readyPods(await kubernetes());
    sayPlace(`forwarding to ${pods[0]}`);
  };
  const followPods = async () => {
    await findPods().catch((thrown) => {
      pods = [];
      sayPlace(messageOf(thrown));
    });
    // A connection to a pod that is gone would hang until it times out.
    for (const [socket, pod] of podsOfSockets) {
      if (!pods.includes(pod)) {
        socket.destroy();
      }
    }
  };
  const carry = async (socket: Socket) => {
    const [pod] = pods;
    if (pod === undefined) {
      socket.destroy();
      return;
    }
    podsOfSockets.set(socket, pod);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => podsOfSockets.delete(socket));
    try {
      await (await kubernetes()).forward({ namespace: systemNamespace, pod, port: webPort }, socket);
      socket.end();
    } catch (thrown) {
      sayRefusal(messageOf(thrown));
      socket.destroy();
    }
  };

  await expectForwardRights(await kubernetes());
  const server = await listen(port, (socket) => void carry(socket));
  await findPods();
  say(`Hubble's UI: ${addressOf(server)} (Ctrl-C ends it)`);
  for (;;) {
    await setTimeout(pause);
    await followPods();
  }
}

/** Says a line, what came from the cluster in it made visible, unless it is the one that was said last. */
export function sayChanges(say: (line: string) => void): (line: string) => void {
  let last = "";
  return (line) => {
    if (line !== last) {
      say(visibleLine(line));
    }
    last = line;
  };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
