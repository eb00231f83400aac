import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What a server does with one request. */
export type Answer =
  | { readonly status: number; readonly body: string | Buffer; readonly headers?: Readonly<Record<string, string>> }
  /** The connection breaks before the answer, or within its body. */
  | "cut"
  | "cut within the body";

export interface FaultyServer {
  readonly url: string;
  /** PEM of its certificate; nothing without TLS. */
  readonly certificate: string;
  /** What it was asked, since the last `answer`. */
  readonly asked: readonly Asked[];
  /** Has the next requests answered so; the last answer is given to all that follow. */
  answer(...answers: readonly Answer[]): void;
  end(): void;
}

export interface Asked {
  readonly request: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** Milliseconds. */
  readonly time: number;
}

/** Starts a server on the loopback address that answers as it is told. */
export async function startFaultyServer({ tls = false } = {}): Promise<FaultyServer> {
  let answers: readonly Answer[] = [];
  const asked: Asked[] = [];
  const listener: RequestListener = async (request, response) => {
    const { method, url, headers, socket } = request;
    const body = await text(request);
    const answer = answers[asked.length] ?? answers.at(-1) ?? "cut";
    asked.push({ request: `${method} ${url}`, headers, body, time: performance.now() });
    if (answer === "cut") {
      socket.destroy();
    } else if (answer === "cut within the body") {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"items":[', () => socket.destroy());
    } else {
      response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(answer.body);
    }
  };
  const pair = tls ? certificate() : undefined;
  const server = pair ? createTlsServer(pair, listener) : createServer(listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = (server as Server).address() as AddressInfo;
  return {
    url: `http${tls ? "s" : ""}://127.0.0.1:${port}`,
    certificate: pair?.cert ?? "",
    asked,
    answer: (...next) => {
      answers = next;
      asked.length = 0;
    },
    end: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Makes a certificate for the loopback address, and its key. */
function certificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  const names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  try {
    execFileSync("openssl", ["req", ...kind, ...names, "-keyout", key, "-out", cert], { stdio: "pipe" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
