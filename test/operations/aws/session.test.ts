import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { awsSession } from "../../../operations/aws/session";
import { cluster } from "../../support/settings";
import { withEnvironment } from "../../world/breaking";

const silent = createServer(() => {});

afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

test("a service that takes a request and says nothing is unreachable", async () => {
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const environment = withEnvironment({
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_MAX_ATTEMPTS: "1",
  });

  await environment(async () => {
    const { identity } = awsSession(cluster(), () => {}, 50);

    await expect(identity()).rejects.toMatchObject({
      kind: "unreachable",
      message: "AWS does not answer sts:GetCallerIdentity (ETIMEDOUT)",
    });
  });
}, 5_000);
