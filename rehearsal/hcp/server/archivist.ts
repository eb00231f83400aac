import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

import { finalizeState } from "../records/state-change";
import type { Store } from "../records/store";
import type { Runs } from "../runs/runs";

/** What the store of blobs answers. */
export interface ObjectAnswer {
  readonly status: number;
  readonly body: Buffer | undefined;
}

/**
 * Answers a call to where blobs lie, which wants no token: who knows an address may read it.
 * @param name - the end of the address
 */
export async function answerObject(
  store: Store,
  runs: Runs,
  request: IncomingMessage,
  url: URL,
): Promise<ObjectAnswer> {
  const name = /\/v1\/object\/([\w-]+)$/.exec(url.pathname)?.[1] ?? "";
  switch (request.method) {
    case "GET": {
      const content = store.objects.read(name);
      return { status: content === undefined ? 404 : 200, body: content && part(content, url.searchParams) };
    }
    case "PUT":
      return { status: takeUpload(store, runs, name, await buffer(request)), body: undefined };
    default:
      return { status: 405, body: undefined };
  }
}

/** Returns what of a log a client asks for by offset and limit. */
function part(content: Buffer, query: URLSearchParams): Buffer {
  const [offset, limit] = [query.get("offset"), query.get("limit")].map((one) =>
    one === null ? undefined : Number(one),
  );
  const from = offset ?? 0;
  return content.subarray(from, limit === undefined ? undefined : from + limit);
}

/** Takes what is uploaded to an address that the API has told, once; returns the status to answer. */
function takeUpload(store: Store, runs: Runs, name: string, content: Buffer): number {
  const state = store.stateVersions.all.find((one) => one.state === name && one.status === "pending");
  const json = store.stateVersions.all.find((one) => one.json === name && !one.hasJson);
  const archive = store.configurationVersions.all.find((one) => one.archive === name && one.status === "pending");
  if (state) {
    finalizeState(store, state, content.toString());
  } else if (json) {
    store.objects.store(content, name);
    store.stateVersions.change(json.id, { hasJson: true });
  } else if (archive) {
    store.objects.store(content, name);
    store.configurationVersions.change(archive.id, { status: "uploaded" });
    if (archive.autoQueueRuns) {
      const workspace = store.workspaces.the(archive.workspace);
      const createdBy = { type: "users", id: "user-api", name: "api" } as const;
      runs.create({ workspace, configurationVersion: archive.id, createdBy, attributes: {} });
    }
  } else {
    return 404;
  }
  return 200;
}
