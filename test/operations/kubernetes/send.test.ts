import { gzipSync } from "node:zlib";

import { errorReport } from "../../../operations/command/report-error";
import { kubernetesClients } from "../../../operations/kubernetes/clients";
import { type Answer, type FaultyServer, startFaultyServer } from "../../support/faulty-server";

let server: FaultyServer;
let tokens: string[];

beforeAll(async () => {
  server = await startFaultyServer({ tls: true });
});
afterAll(() => server.end());
beforeEach(() => {
  tokens = ["first", "second", "third"];
});

function clients() {
  let current = tokens.shift();
  return kubernetesClients({
    server: server.url,
    certificateAuthority: server.certificate,
    token: async (refused) => {
      current = refused === current ? tokens.shift() : current;
      return current ?? "";
    },
    observe: () => {},
    apiAccess: [],
  });
}

const list = {
  status: 200,
  body: '{"kind":"NodeList","apiVersion":"v1","items":[{"metadata":{"name":"a"}}]}',
} as const;
const said = (status: number, message: string, headers = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify({ kind: "Status", message }),
});
const page = { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html><h1>Sign in</h1>" };

const listed = async () => (await clients().core.listNode()).items.map(({ metadata }) => metadata?.name);
const secret = { namespace: "kube-system", name: "x" };
const deleted = () => clients().core.deleteNamespacedSecret(secret);
const patched = () => clients().core.patchNamespacedSecret({ ...secret, body: {} });
const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (thrown) => thrown,
  );

test.each<[string, Answer]>([
  ["is throttled", said(429, "too many requests")],
  ["finds an API server that starts", said(500, "etcdserver: leader changed")],
  ["meets a gateway that has no server", { status: 503, body: "" }],
  ["has its connection cut", "cut"],
  ["has its connection cut within the answer", "cut within the body"],
])(
  "the first call that %s is made again",
  async (_, fault) => {
    server.answer(fault, fault, list);

    expect(await listed()).toEqual(["a"]);
    expect(server.asked).toHaveLength(3);
  },
  20_000,
);

test("it is not made again before the time that Kubernetes asks for", async () => {
  server.answer(said(429, "too many requests", { "retry-after": "1" }), list);
  await listed();
  const [first, second] = server.asked;

  expect((second?.time ?? 0) - (first?.time ?? 0)).toBeGreaterThan(990);
}, 20_000);

test("nor at all if that is longer than anybody waits", async () => {
  server.answer(said(429, "too many requests", { "retry-after": "3600" }));

  expect(await failure(listed())).toMatchObject({ message: "list nodes: status 429: too many requests" });
  expect(server.asked).toHaveLength(1);
}, 20_000);

test("a conflict on a delete passes", async () => {
  server.answer(said(409, "the object has been modified"), said(200, ""));
  await deleted();

  expect(server.asked).toHaveLength(2);
}, 20_000);

test("but not what was meant for an earlier state of the object alone", async () => {
  server.answer(said(409, "the UID in the precondition (a) does not match the UID in record (b)"));

  expect(await failure(deleted())).toMatchObject({
    message: expect.stringMatching(/^the cluster refuses to delete secrets/),
  });
  expect(server.asked).toHaveLength(1);
}, 20_000);

test("what a delete asks for arrives, and nothing of it in the next request", async () => {
  const body = { preconditions: { uid: "ü" } };
  const { core } = clients();
  server.answer(said(200, ""));
  await core.deleteNamespacedSecret({ ...secret, body });
  await core.deleteNamespacedSecret(secret);

  expect(server.asked.map(({ body: sent }) => sent)).toEqual([JSON.stringify(body), ""]);
});

test("an answer that is compressed is read", async () => {
  const headers = { "content-encoding": "gzip" };
  server.answer({ status: 200, headers, body: gzipSync(list.body) });

  expect(await listed()).toEqual(["a"]);
  expect(server.asked[0]?.headers["accept-encoding"]).toBe("gzip");
});

test("a patch that is refused is told in a sentence, and not made again", async () => {
  server.answer(said(422, 'Secret "x" is invalid: metadata.finalizers: Forbidden'));

  expect(errorReport(await failure(patched())).text).toBe(
    'error: the cluster refuses to patch secrets in kube-system (422): Secret "x" is invalid: metadata.finalizers: Forbidden\n' +
      "  next: change what that names, and run this again\n",
  );
  expect(server.asked).toHaveLength(1);
});

test("a token that the cluster has forgotten is replaced, and the call made once more", async () => {
  server.answer(said(401, "Unauthorized"), list);

  expect(await listed()).toEqual(["a"]);
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer first", "Bearer second"]);
});

test("who is not known by a new one either hears so", async () => {
  server.answer(said(401, "Unauthorized"));

  expect(await failure(listed())).toMatchObject({ kind: "unauthorized" });
  expect(server.asked).toHaveLength(2);
});

test.each<[string, Answer]>([
  ["a web page", page],
  ["nothing", { status: 200, body: "" }],
  ["half of an object", { status: 200, body: list.body.slice(0, -9) }],
])("%s in place of an answer is no mistake of this program's", async (_, answer) => {
  server.answer(answer);

  expect(errorReport(await failure(listed())).text).toBe(
    `error: the answer to list nodes is not of Kubernetes: something else answers at ${server.url}\n` +
      `  next: see what does: curl --insecure ${server.url}/version\n`,
  );
  expect(server.asked).toHaveLength(1);
});

test("metrics are text, and neither a web page nor an API server without them is taken for metrics without calls", async () => {
  const metrics = () => clients().metrics.ofApiServer();
  server.answer({ status: 200, headers: { "content-type": "text/plain" }, body: "# HELP a b\na 1\n" });
  expect(await metrics()).toContain("a 1");

  server.answer(page);
  expect(await failure(metrics())).toMatchObject({
    kind: "unreachable",
    message: expect.stringContaining("the answer to get /metrics is not of Kubernetes"),
  });
  server.answer({ status: 404, body: "404 page not found" });
  expect(await failure(metrics())).toMatchObject({ kind: "nothing there" });
});
