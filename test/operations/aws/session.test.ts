import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";

import { awsClients } from "../../../operations/aws/clients";
import { awsSession } from "../../../operations/aws/session";
import { type Call, readsOnly } from "../../../operations/command/call";
import { type FaultyServer, startFaultyServer } from "../../support/faulty-server";
import { cluster } from "../../support/settings";
import { withEnvironment } from "../../world/breaking";

const silent = createServer(() => {});
let server: FaultyServer;

beforeAll(async () => {
  server = await startFaultyServer();
});

afterAll(() => {
  silent.closeAllConnections();
  silent.close();
  server.end();
});

const keys = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: undefined };

/** What `ask` returns or throws where AWS is at a URL. */
async function asked<Result>(url: string, ask: () => Promise<Result>): Promise<unknown> {
  let result: unknown;
  await withEnvironment({ ...keys, AWS_ENDPOINT_URL: url })(async () => {
    result = await ask().catch((thrown) => thrown);
  });
  return result;
}

const xml = { "content-type": "text/xml" };
const deployRole = "arn:aws:iam::111122223333:role/deployers/platform";
const settings = cluster({ name: "demo" });
const identity = (arn: string) => ({
  status: 200,
  headers: xml,
  body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><Account>${arn.split(":")[4]}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
});
const given = {
  status: 200,
  headers: xml,
  body:
    "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAASSUMED</AccessKeyId><SecretAccessKey>s</SecretAccessKey>" +
    "<SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
};
const refused = {
  status: 403,
  headers: xml,
  body: "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
};

test("a service that takes a request and says nothing is unreachable", async () => {
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;

  expect(await asked(`http://127.0.0.1:${port}`, () => awsSession(settings, () => {}, 50).identity())).toMatchObject({
    kind: "unreachable",
    message: "AWS does not answer sts:GetCallerIdentity (ETIMEDOUT)",
  });
}, 5_000);

test("with credentials of another account no service is asked, and both accounts are named", async () => {
  server.answer(identity("arn:aws:iam::444455556666:user/ann"));
  const { eks } = awsClients(
    awsSession(settings, () => {}),
    () => {},
  );

  expect(await asked(server.url, () => eks.send(new DescribeClusterCommand({ name: "demo" })))).toMatchObject({
    kind: "wrong account",
    message: "your credentials are of account 444455556666, and demo is in 111122223333",
    next: "use credentials of that account (AWS_PROFILE)",
  });
  expect(server.asked.map(({ body }) => new URLSearchParams(body).get("Action"))).toEqual(["GetCallerIdentity"]);
});

test("the role is assumed once, by a command that only reads too, and all services are asked as it", async () => {
  const calls: Call[] = [];
  const observe = (call: Call) => {
    readsOnly(call);
    calls.push(call);
  };
  server.answer(given, identity("arn:aws:sts::111122223333:assumed-role/platform/demo-commands"), {
    status: 200,
    body: '{"cluster":{"name":"demo"}}',
  });
  const ask = async () => {
    const session = awsSession({ ...settings, deployRole }, observe);
    const { eks } = awsClients(session, observe);
    await eks.send(new DescribeClusterCommand({ name: "demo" }));
    await eks.send(new DescribeClusterCommand({ name: "demo" }));
    return (await session.config.credentials()).accessKeyId;
  };

  expect(await asked(server.url, ask)).toBe("ASIAASSUMED");
  expect(calls).toMatchObject([
    { action: "eks:DescribeCluster" },
    { action: "sts:GetCallerIdentity" },
    { action: "sts:AssumeRole", input: { RoleArn: deployRole, RoleSessionName: "demo-commands" } },
    { action: "eks:DescribeCluster" },
  ]);
  const signers = server.asked.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? "")?.[1]);
  expect(signers).toEqual(["AKIAEXAMPLE", "ASIAASSUMED", "ASIAASSUMED", "ASIAASSUMED"]);
});

test.each([
  [
    "somebody of the account",
    "arn:aws:iam::111122223333:user/ann",
    {
      kind: "no credentials",
      message: `arn:aws:iam::111122223333:user/ann may not assume the deployRole of demo, ${deployRole}`,
      next: expect.stringMatching(/sts:AssumeRole allowed, by IAM and by the role's trust policy/),
    },
  ],
  [
    "somebody of another account, with both",
    "arn:aws:sts::444455556666:assumed-role/ci/run",
    {
      kind: "no credentials",
      message: `arn:aws:sts::444455556666:assumed-role/ci/run, of account 444455556666, may not assume the deployRole of demo, ${deployRole}, of account 111122223333`,
      next: expect.stringMatching(/^use credentials that may \(AWS_PROFILE\)/),
    },
  ],
  [
    "a session of another account's role of that name",
    "arn:aws:sts::444455556666:assumed-role/platform/run",
    {
      kind: "no credentials",
      message: expect.stringMatching(/^arn:\S+, of account 444455556666, may not assume .*, of account 111122223333$/),
      next: expect.stringMatching(/^use credentials that may \(AWS_PROFILE\)/),
    },
  ],
  [
    "a session of the role itself",
    "arn:aws:sts::111122223333:assumed-role/platform/run",
    { kind: "no credentials", next: expect.stringMatching(/^let its trust policy name the role itself, too/) },
  ],
])("a role that may not be assumed by %s is told so", async (_, arn, failure) => {
  server.answer(refused, identity(arn));

  expect(await asked(server.url, () => awsSession({ ...settings, deployRole }, () => {}).identity())).toMatchObject(
    failure,
  );
  expect(server.asked).toHaveLength(2);
});
