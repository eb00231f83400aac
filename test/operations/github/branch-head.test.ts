import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { branchHead } from "../../../operations/github/branch-head";
import { cluster } from "../../support/settings";
import { withEnvironment } from "../../world/breaking";

const { repository } = cluster();
const answer = { status: 200, asked: "" };
const server = createServer((request, response) => {
  answer.asked = `${request.method} ${request.url}`;
  response.writeHead(answer.status).end(JSON.stringify({ commit: { sha: "6e6f6f1" } }));
});

beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** @param check - what is asked, with the token */
function withToken(token: string | undefined, check: () => Promise<void>): Promise<void> {
  const { port } = server.address() as AddressInfo;
  return withEnvironment({ GITHUB_TOKEN: token, GITHUB_BASE_URL: `http://127.0.0.1:${port}/` })(check);
}

test("without a token, nothing is asked", async () => {
  answer.asked = "";
  await withToken(undefined, async () => {
    expect(await branchHead(repository, () => {})).toBeUndefined();
  });

  expect(answer.asked).toBe("");
});

test("with one, GitHub says which commit is the branch's head", async () => {
  answer.status = 200;
  await withToken("token", async () => {
    expect(await branchHead(repository, () => {})).toBe("6e6f6f1");
  });

  expect(answer.asked).toBe(`GET /repos/${repository.owner}/${repository.name}/branches/${repository.branch}`);
});

test.each([
  [401, "GitHub does not accept GITHUB_TOKEN"],
  [403, "GitHub does not let GITHUB_TOKEN read"],
  [404, "GitHub shows GITHUB_TOKEN no branch"],
])("a refusal with %s names the variable", async (status, message) => {
  answer.status = status;
  await withToken("token", async () => {
    await expect(branchHead(repository, () => {})).rejects.toThrow(message);
  });
});
