import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

import { hubbleUiPort, systemNamespace } from "../../platform/names";
import { shortLine } from "../../platform/visible-text";
import { isForeseen } from "../command/report-error";
import type { Kubernetes } from "../kubernetes/clients";
import { addressOf, listen } from "./listen";
import { expectForwardRights, readyPods } from "./pod";

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
  await expectForwardRights(await kubernetes());
  const mistake = new AbortController();
  const carrier = new Carrier(kubernetes, say);
  const server = await listen(port, (socket) => void carrier.carry(socket).catch((thrown) => mistake.abort(thrown)));
  try {
    await carrier.findPods();
    say(`Hubble's UI: ${addressOf(server)} (Ctrl-C ends it)`);
    for (;;) {
      await setTimeout(pause);
      mistake.signal.throwIfAborted();
      await carrier.followPods();
    }
  } finally {
    server.close();
    carrier.end();
  }
}

/** Carries connections to a pod of the UI. What fails and may pass is said; what nobody foresaw is thrown. */
class Carrier {
  /** Names of the pods that take requests. */
  private pods: readonly string[] = [];
  /** The pod that each open connection leads to. */
  private readonly podsOfSockets = new Map<Socket, string>();
  private readonly sayPlace: (line: string) => void;
  private readonly sayRefusal: (line: string) => void;

  constructor(
    private readonly kubernetes: ForwardProps["kubernetes"],
    say: ForwardProps["say"],
  ) {
    this.sayPlace = sayChanges(say);
    this.sayRefusal = sayChanges(say);
  }

  /** Looks where the UI runs; throws a Failure if that can't be found out, or if it runs nowhere. */
  async findPods(): Promise<void> {
    this.pods = await readyPods(await this.kubernetes());
    this.sayPlace(`forwarding to ${this.pods[0]}`);
  }

  /** Looks again where the UI runs, and ends connections to pods that are gone: they would hang until they time out. */
  async followPods(): Promise<void> {
    try {
      await this.findPods();
    } catch (thrown) {
      this.pods = [];
      this.sayPlace(foreseenMessage(thrown));
    }
    this.end((pod) => !this.pods.includes(pod));
  }

  /** Connects a socket with a pod, until either end closes. */
  async carry(socket: Socket): Promise<void> {
    const [pod] = this.pods;
    if (pod === undefined) {
      socket.destroy();
      return;
    }
    this.podsOfSockets.set(socket, pod);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.podsOfSockets.delete(socket));
    try {
      await (await this.kubernetes()).forward({ namespace: systemNamespace, pod, port: hubbleUiPort }, socket);
      socket.end();
    } catch (thrown) {
      socket.destroy();
      this.sayRefusal(foreseenMessage(thrown));
    }
  }

  /** Ends the connections to some pods; without `isMeant`, to all. */
  end(isMeant: (pod: string) => boolean = () => true): void {
    for (const [socket, pod] of this.podsOfSockets) {
      if (isMeant(pod)) {
        socket.destroy();
      }
    }
  }
}

/** Returns the message of a failure that may pass; throws what nobody foresaw. */
function foreseenMessage(thrown: unknown): string {
  if (!(thrown instanceof Error && isForeseen(thrown))) {
    throw thrown;
  }
  return thrown.message;
}

/** Says a line, what came from the cluster in it made visible, unless it is the one that was said last. */
export function sayChanges(say: (line: string) => void): (line: string) => void {
  let last = "";
  return (line) => {
    if (line !== last) {
      say(shortLine(line));
    }
    last = line;
  };
}
