import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands before a world's AWS, for programs that are given its address. */
export interface AwsProxy {
  readonly url: string;
  /** What AWS's SDK for JavaScript asked, by the names of IAM's actions. Terraform's provider has another SDK. */
  readonly actions: ReadonlySet<string>;
  end(): Promise<void>;
}

/** Actions of EKS, the one API whose requests do not say them. */
const eksRoutes: readonly (readonly [RegExp, string])[] = [
  [/^GET \/clusters\/[^/]+$/, "DescribeCluster"],
  [/^GET \/cluster-versions$/, "DescribeClusterVersions"],
  [/^GET \/clusters\/[^/]+\/access-entries$/, "ListAccessEntries"],
  [/^GET \/clusters\/[^/]+\/node-groups$/, "ListNodegroups"],
  [/^GET \/clusters\/[^/]+\/node-groups\/[^/]+$/, "DescribeNodegroup"],
  [/^POST \/clusters\/[^/]+\/update-config$/, "UpdateClusterConfig"],
];

/** @param change - makes another answer of an answer's text, for what is asked by that SDK */
export async function startAwsProxy(
  endpoint: string,
  change: (action: string, answer: string) => string = (_, answer) => answer,
): Promise<AwsProxy> {
  const actions = new Set<string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const action = actionOf(request, body.toString());
    const watched = request.headers["user-agent"]?.includes("aws-sdk-js") ?? false;
    if (watched) {
      actions.add(action);
    }
    const { host, connection, "content-length": length, "transfer-encoding": encoding, ...headers } = request.headers;
    const answer = await fetch(new URL(request.url ?? "", endpoint), {
      method: request.method ?? "GET",
      headers: headers as Record<string, string>,
      ...(body.length > 0 ? { body } : {}),
    });
    const answered = await answer.text();
    const text = watched ? change(action, answered) : answered;
    const { "content-length": _, "content-encoding": __, ...kept } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, kept).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    actions,
    end: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** `ec2:DescribeVpcs`; the service is in the scope of the signature (AWS, "Signature Version 4"). */
function actionOf({ method, url = "", headers }: IncomingMessage, body: string): string {
  const service = /Credential=[^,]*\/([^/,]+)\/aws4_request/.exec(headers.authorization ?? "")?.[1] ?? "nobody";
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    return `${service}:${target.split(".").at(-1)}`;
  }
  const asked = `${method} ${url.split("?")[0]}`;
  const name =
    service === "eks" ? eksRoutes.find(([route]) => route.test(asked))?.[1] : new URLSearchParams(body).get("Action");
  return `${service}:${name ?? asked}`;
}
