import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

import { Failure } from "../command/failure";

/** Starts a server on the loopback address alone, which other machines cannot reach; throws a Failure if it can't. */
export async function listen(port: number, accept: (socket: Socket) => void): Promise<Server> {
  const server = createServer(accept).listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    return server;
  } catch (thrown) {
    const next = `choose another: --port ${port + 1}, or --port 0 for any that is free`;
    throw new Failure("unexpected", `port ${port} ${listenProblem(thrown)}`, next, { cause: thrown });
  }
}

function listenProblem(thrown: unknown): string {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return "is taken";
    case "EACCES":
      return "is the system's";
    default:
      return `can't be listened on: ${String(thrown)}`;
  }
}

/** Returns the URL of a server: `http://127.0.0.1:8080`. */
export function addressOf(server: Server): string {
  const address = server.address();
  return typeof address === "object" && address ? `http://${address.address}:${address.port}` : String(address);
}
