import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure, type FailureKind } from "../../../operations/command/failure";
import { connect } from "../../../operations/connection";
import { findCluster } from "../../../operations/teardown/find-cluster";
import { ownershipOf } from "../../../operations/teardown/ownership";
import { plainIam } from "../../support/iam";
import { cluster } from "../../support/settings";

const settings = cluster();
const { name } = settings;
let server: Server;
let nodeGroups: readonly string[];

/** An AWS that has the cluster, and its node groups. */
beforeAll(async () => {
  const eksCluster = {
    name,
    status: "ACTIVE",
    endpoint: "https://127.0.0.1:1",
    tags: { Cluster: name, ManagedBy: "Terraform" },
  };
  const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult>
    <Account>111122223333</Account><Arn>arn:aws:iam::111122223333:role/platform-admin</Arn>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;
  server = createServer(({ url }, response) => {
    const answers: Record<string, object> = {
      [`/clusters/${name}`]: { cluster: eksCluster },
      [`/clusters/${name}/node-groups`]: { nodegroups: nodeGroups },
    };
    const answer = answers[url ?? ""];
    response.end(answer ? JSON.stringify(answer) : identity);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const credentials = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, ...credentials });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What is found of a cluster whose API answers so. */
function found(kind: FailureKind, groups: readonly string[]) {
  nodeGroups = groups;
  const connection = connect(settings, () => {});
  const kubernetes = () => Promise.reject(new Failure(kind, "no answer", "look"));
  return findCluster({ ...connection, kubernetes }, ownershipOf({ name, iam: plainIam }), "needed");
}

test.each<FailureKind>(["unauthorized", "forbidden"])(
  "%s by a cluster without nodes: nobody is let in any more or yet, and nothing is inside",
  async (kind) => {
    expect(await found(kind, [])).toMatchObject({ objects: undefined, hasNodeGroups: false });
  },
);

test.each<[FailureKind, readonly string[]]>([
  ["unauthorized", ["system"]],
  ["forbidden", ["system"]],
  ["unreachable", ["system"]],
  ["unreachable", []],
  ["unexpected", ["system"]],
])(
  "%s by a cluster with node groups %j: somebody must say that it shall go on without its API",
  async (kind, groups) => {
    const failure = await found(kind, groups).catch((thrown) => thrown);

    expect(failure).toMatchObject({ kind, next: expect.stringMatching(/^look; .* --without-api goes on without it$/) });
  },
);

test("any other failure is what it is", async () => {
  expect(await found("no credentials", []).catch(({ next }) => next)).toBe("look");
});
