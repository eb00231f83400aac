import { type Connection, connect } from "../../operations/connection";
import { type FaultyServer, startFaultyServer } from "../support/faulty-server";
import { cluster } from "../support/settings";
import { withEnvironment } from "../world/breaking";

const settings = cluster({ name: "demo" });
let server: FaultyServer;

beforeAll(async () => {
  server = await startFaultyServer();
});

afterAll(() => server.end());

/** What is thrown where AWS says that the credentials are of an account, and that it has no cluster. */
async function failureIn(account: string, ask: (connection: Connection) => Promise<unknown>): Promise<unknown> {
  const arn = `<Arn>arn:aws:iam::${account}:user/ann</Arn><Account>${account}</Account>`;
  const body = `<R><GetCallerIdentityResult>${arn}</GetCallerIdentityResult></R>`;
  server.answer(
    { status: 200, headers: { "content-type": "text/xml" }, body },
    { status: 404, headers: { "x-amzn-errortype": "ResourceNotFoundException" }, body: "{}" },
  );
  const environment = {
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL: server.url,
  };
  let thrown: unknown;
  await withEnvironment(environment)(async () => {
    thrown = await ask(connect(settings, () => {})).catch((failure) => failure);
  });
  return thrown;
}

test.each<[string, (connection: Connection) => Promise<unknown>]>([
  ["the cluster", ({ describe }) => describe()],
  ["its API", ({ kubernetes }) => kubernetes()],
  ["who asks", ({ identity }) => identity()],
])("%s is not asked for with credentials of another account", async (_, ask) => {
  expect(await failureIn("444455556666", ask)).toMatchObject({
    kind: "wrong account",
    message: "your credentials are of account 444455556666, and demo is in 111122223333",
  });
  expect(server.asked).toHaveLength(1);
});

test("a cluster that is not there is said to be missing in its account", async () => {
  expect(await failureIn("111122223333", ({ kubernetes }) => kubernetes())).toMatchObject({
    kind: "no cluster",
    message: "there is no cluster demo in eu-central-1 of account 111122223333",
  });
});
