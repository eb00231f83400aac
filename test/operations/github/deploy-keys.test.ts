import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { deployKeys } from "../../../operations/github/deploy-keys";
import { cluster } from "../../support/settings";
import { withEnvironment } from "../../world/breaking";

const { repository } = cluster();
const key = { id: 7, title: "Flux in demo", read_only: true };
const answer = { status: 200, asked: "" };
const server = createServer((request, response) => {
  answer.asked = `${request.method} ${request.url}`;
  response.writeHead(answer.status).end(JSON.stringify([key]));
});

beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The keys that whoever has a token sees. */
async function seen(token: string | undefined, status: number) {
  answer.status = status;
  answer.asked = "";
  const { port } = server.address() as AddressInfo;
  let keys: Awaited<ReturnType<typeof deployKeys>>;
  await withEnvironment({ GITHUB_TOKEN: token, GITHUB_BASE_URL: `http://127.0.0.1:${port}/` })(async () => {
    keys = await deployKeys(repository, () => {});
  });
  return keys;
}

test("a token that may read them sees the deploy keys", async () => {
  expect(await seen("token", 200)).toEqual([key]);
  expect(answer.asked).toBe(`GET /repos/${repository.owner}/${repository.name}/keys?per_page=100`);
});

test.each([401, 403, 404])(
  "a token that is refused with %s sees none, which is not the same as that there is none",
  async (status) => {
    expect(await seen("token", status)).toBeUndefined();
  },
);

test("without a token nothing is asked", async () => {
  expect(await seen(undefined, 200)).toBeUndefined();
  expect(answer.asked).toBe("");
});
