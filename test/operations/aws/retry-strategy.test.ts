import { DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";

import { type Aws, awsClients } from "../../../operations/aws/clients";
import { retryStrategy } from "../../../operations/aws/retry-strategy";
import { errorReport } from "../../../operations/command/report-error";
import { type Answer, type FaultyServer, startFaultyServer } from "../../support/faulty-server";
import { withEnvironment } from "../../world/breaking";

let server: FaultyServer;

beforeAll(async () => {
  server = await startFaultyServer();
});
afterAll(() => server.end());

/** A session that asks nobody whose it is. */
const session = {
  config: {
    region: "eu-central-1",
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    credentials: async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" }),
    retryStrategy: retryStrategy(),
  },
  identity: async () => ({ account: "111122223333", arn: "arn:aws:iam::111122223333:user/somebody" }),
};

async function asked<Result>(ask: (aws: Aws) => Promise<Result>): Promise<Result> {
  const results: Promise<Result>[] = [];
  await withEnvironment({
    AWS_ENDPOINT_URL: server.url,
    AWS_MAX_ATTEMPTS: undefined,
  })(async () => {
    results.push(ask(awsClients(session, () => {})));
    await Promise.allSettled(results);
  });
  return results[0] ?? Promise.reject(new Error("nothing was asked"));
}

const described = () =>
  asked(async ({ eks }) => (await eks.send(new DescribeClusterCommand({ name: "demo" }))).cluster?.name);
const vpcs = () => asked(async ({ ec2 }) => (await ec2.send(new DescribeVpcsCommand({}))).Vpcs);
const failure = (result: Promise<unknown>) =>
  result.then(
    () => undefined,
    (thrown) => thrown,
  );

const cluster = { status: 200, body: '{"cluster":{"name":"demo"}}' };
const refusal = (status: number, type: string): Answer => ({
  status,
  headers: { "x-amzn-errortype": type },
  body: '{"message":"no"}',
});
const page = (status: number) => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!doctype html><html><h1>Sign in</h1></html>",
});

test.each<[string, Answer]>([
  ["is throttled", refusal(400, "ThrottlingException")],
  ["is throttled by status", refusal(429, "TooManyRequestsException")],
  ["meets a service in trouble", refusal(500, "ServerException")],
  ["meets a gateway's page", page(503)],
  ["has its connection cut", "cut"],
  ["has its connection cut within the answer", "cut within the body"],
])(
  "the first call that %s is made again, more often than the SDK does",
  async (_, fault) => {
    server.answer(fault, fault, fault, cluster);

    expect(await described()).toBe("demo");
    expect(server.asked).toHaveLength(4);
  },
  30_000,
);

test.each<[string, Answer, object]>([
  ["is refused", refusal(403, "AccessDeniedException"), { kind: "denied" }],
  ["is wrong", refusal(400, "InvalidParameterException"), { message: "eks:DescribeCluster: no" }],
])(
  "a call that %s is not",
  async (_, fault, expected) => {
    server.answer(fault);

    expect(await failure(described())).toMatchObject(expected);
    expect(server.asked.filter(({ request }) => request.startsWith("GET"))).toHaveLength(1);
  },
  30_000,
);

test.each([
  ["ec2:DescribeVpcs", vpcs],
  ["eks:DescribeCluster", described],
  ["sqs:ListQueues", () => asked(({ sqs }) => sqs.send(new ListQueuesCommand({})))],
])(
  "a web page in place of an answer to %s is not taken for an answer that holds nothing",
  async (action, ask) => {
    server.answer(page(200));

    expect(errorReport(await failure(ask())).text).toBe(
      `error: the answer to ${action} is a web page (status 200), and not of AWS\n` +
        "  next: see what stands between this machine and AWS, as a proxy or a log-in to the network\n",
    );
    expect(server.asked).toHaveLength(1);
  },
  30_000,
);

test("an answer of AWS's is one, whatever it calls itself", async () => {
  server.answer({ ...cluster, headers: { "content-type": "text/html" } });

  expect(await described()).toBe("demo");
});

test("fifty failures in a row are too many, and a minute is over then", async () => {
  let time = 0;
  const clock = {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
  const strategy = retryStrategy(clock);
  let token = await strategy.acquireInitialRetryToken("");
  const again = async () => {
    token = await strategy.refreshRetryTokenForRetry(token, { errorType: "THROTTLING" });
  };
  const tries = async () => {
    for (let count = 0; count < 50; count++) {
      await again();
    }
  };

  await expect(tries()).rejects.toThrow("not tried again");
  expect(token.getRetryCount()).toBeGreaterThan(10);
  expect(time).toBeGreaterThan(50_000);
  expect(time).toBeLessThan(60_000);
});

test("AWS that cannot be reached is not asked again", async () => {
  const strategy = retryStrategy();
  const token = await strategy.acquireInitialRetryToken("");
  const error = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND", cause: new Error("DNS") });

  await expect(strategy.refreshRetryTokenForRetry(token, { errorType: "TRANSIENT", error })).rejects.toThrow();
});
