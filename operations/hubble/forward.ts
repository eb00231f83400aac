import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

import { systemNamespace as namespace } from "../../platform/names";
import type { Kubernetes } from "../kubernetes/clients";
import { addressOf, listen } from "./listen";
import { mayForward, readyPods, webPort } from "./pod";

export interface ForwardProps {
  readonly kubernetes: () => Promise<Kubernetes>;
  /** On this machine; 0 is any that is free. */
  readonly port: number;
  /** Is given a line of what happens. */
  readonly say: (line: string) => void;
}

/** Between two looks at where the UI runs, in milliseconds. */
const pause = 3_000;

/** Carries connections to Hubble's UI, wherever its pod is, until the program ends. */
export async function forward({ kubernetes, port, say }: ForwardProps): Promise<never> {
  const open = new Map<Socket, string>();
  const tellPlace = sayOnce(say);
  const tellRefusal = sayOnce(say);
  let pods: readonly string[] = [];

  const look = async () => {
    pods = await readyPods(await kubernetes());
    tellPlace(`forwarding to ${pods[0]}`);
  };
  const lookAgain = async () => {
    await look().catch((thrown) => {
      pods = [];
      tellPlace(messageOf(thrown));
    });
    // Connections to where the UI is not any more would wait for long.
    for (const [socket, pod] of open) {
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
    open.set(socket, pod);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => open.delete(socket));
    try {
      await (await kubernetes()).forward({ namespace, pod, port: webPort }, socket);
      socket.end();
    } catch (thrown) {
      tellRefusal(messageOf(thrown));
      socket.destroy();
    }
  };

  await mayForward(await kubernetes());
  const server = await listen(port, (socket) => void carry(socket));
  await look();
  say(`Hubble's UI: ${addressOf(server)} (Ctrl-C ends it)`);
  for (;;) {
    await setTimeout(pause);
    await lookAgain();
  }
}

/** What is said already is not said again until something else is. */
function sayOnce(say: (line: string) => void): (line: string) => void {
  let last = "";
  return (line) => {
    if (line !== last) {
      say(line);
    }
    last = line;
  };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
