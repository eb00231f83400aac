import { createServer } from "node:http";

const page = `<!doctype html>
<title>Hubble</title>
<p>Here would be Hubble's UI. In a world no packet flows, so it has nothing to show; that you see this means that the way to it works.
`;

/** Answers in the place of Hubble's UI. */
export function serveHubbleUi(port: number): void {
  const headers = { "content-type": "text/html; charset=utf-8" };
  createServer((_, answer) => answer.writeHead(200, headers).end(page))
    // Somebody else has taken the port; nodes and node groups must not suffer for it.
    .on("error", ({ message }) => process.stderr.write(`Hubble's UI: ${message}\n`))
    .listen(port, "127.0.0.1");
}
