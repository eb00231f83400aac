import { send } from "../../../operations/github/send";
import { type Answer, type FaultyServer, startFaultyServer } from "../../support/faulty-server";
import { withEnvironment } from "../../world/breaking";

let server: FaultyServer;

beforeAll(async () => {
  server = await startFaultyServer();
});
afterAll(() => server.end());

const call = { system: "github", method: "GET", path: "repos/acme/x" } as const;

async function sent(): Promise<unknown> {
  const answers: unknown[] = [];
  await withEnvironment({ GITHUB_BASE_URL: `${server.url}/` })(async () => {
    answers.push(await send(call, "token").catch((thrown) => thrown));
  });
  return answers[0];
}

test.each<[string, Answer]>([
  ["trouble", { status: 502, body: "<html>Unicorn!</html>" }],
  ["a rate limit that passes", { status: 429, body: "", headers: { "retry-after": "1" } }],
  ["a cut connection", "cut"],
  ["a connection cut within the answer", "cut within the body"],
])(
  "%s passes",
  async (_, fault) => {
    server.answer(fault, { status: 200, body: '{"archived":false}' });

    expect(await sent()).toEqual({ status: 200, body: { archived: false } });
    expect(server.asked).toHaveLength(2);
  },
  20_000,
);

test("a refusal is for who asks to judge, and made once", async () => {
  server.answer({ status: 404, body: '{"message":"Not Found"}' });

  expect(await sent()).toEqual({ status: 404, body: undefined });
  expect(server.asked).toHaveLength(1);
});

test("a web page in place of an answer is no mistake of this program's", async () => {
  server.answer({ status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" });

  expect(await sent()).toMatchObject({
    message: expect.stringMatching(/ does not answer as GitHub does: .* no JSON$/),
  });
});
