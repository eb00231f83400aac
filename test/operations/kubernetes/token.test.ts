import { STSClient } from "@aws-sdk/client-sts";

import { tokenSource } from "../../../operations/kubernetes/token";

const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret", sessionToken: "session" };

function source(region: string, now: () => number = Date.now, expiration?: Date): ReturnType<typeof tokenSource> {
  const given = expiration === undefined ? credentials : { ...credentials, expiration };
  return tokenSource(new STSClient({ region, credentials: async () => given }), "demo", region, now);
}

function urlOf(token: string): URL {
  return new URL(Buffer.from(token.replace("k8s-aws-v1.", ""), "base64url").toString());
}

test("a token is a signed question who calls, for one cluster", async () => {
  const token = await source("eu-central-1")();
  const { origin, searchParams } = urlOf(token);

  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/);
  expect(origin).toBe("https://sts.eu-central-1.amazonaws.com");
  expect(Object.fromEntries(searchParams)).toMatchObject({
    Action: "GetCallerIdentity",
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
    "X-Amz-Security-Token": "session",
  });
});

test("in China, AWS has another name", async () => {
  expect(urlOf(await source("cn-north-1")()).host).toBe("sts.cn-north-1.amazonaws.com.cn");
});

test("a token is used until shortly before EKS would refuse it, and then replaced", async () => {
  const time = { minutes: 0 };
  const token = source("eu-central-1", () => Date.UTC(2026, 0, 1, 0, time.minutes));
  const first = await token();
  time.minutes = 12;
  const second = await token();
  time.minutes = 14;
  const third = await token();

  expect(second).toBe(first);
  expect(urlOf(third).searchParams.get("X-Amz-Date")).toBe("20260101T001400Z");
});

test("a token that the cluster has refused is replaced, and one that was replaced since is not", async () => {
  const time = { minutes: 0 };
  const token = source("eu-central-1", () => Date.UTC(2026, 0, 1, 0, time.minutes));
  const first = await token();
  time.minutes = 1;
  const second = await token(first);
  time.minutes = 2;

  expect(second).not.toBe(first);
  expect(await token(first)).toBe(second);
  expect(await token()).toBe(second);
});

test("a token is replaced when the credentials end that it was signed with", async () => {
  const time = { minutes: 0 };
  const at = (minutes: number) => Date.UTC(2099, 0, 1, 0, minutes);
  const token = source("eu-central-1", () => at(time.minutes), new Date(at(8)));
  const first = await token();
  time.minutes = 7;
  const second = await token();
  time.minutes = 8;

  expect(second).toBe(first);
  expect(await token()).not.toBe(first);
});

test("credentials that went missing are told as such", async () => {
  const gone = Object.assign(new Error("gone"), { name: "CredentialsProviderError" });
  const credentials = () => Promise.reject(gone);
  const token = tokenSource(new STSClient({ region: "eu-central-1", credentials }), "demo", "eu-central-1");

  await expect(token()).rejects.toMatchObject({ kind: "no credentials" });
});
