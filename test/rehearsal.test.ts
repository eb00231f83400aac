import { judge, judgeOrder } from "./rehearsal/judge";
import { changesIn } from "./rehearsal/terraform";
import { World } from "./rehearsal/world";

const loopback = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
  GITHUB_BASE_URL: "http://localhost:8080/",
  STANDIN_JOURNAL: "/tmp/standin.jsonl",
  CNI_READY_FILE: "/tmp/cni",
};
const environment = process.env;

afterEach(() => {
  process.env = environment;
});

function world(changes: Record<string, string | undefined>): World {
  process.env = { ...loopback, ...changes };
  return World.fromEnvironment();
}

test("a rehearsal runs in a world on loopback", () => {
  expect(world({}).aws).toBe(loopback.AWS_ENDPOINT_URL);
});

test.each<[string, Record<string, string | undefined>, string]>([
  ["AWS itself", { AWS_ENDPOINT_URL: undefined }, "AWS_ENDPOINT_URL is not set"],
  ["GitHub itself", { GITHUB_BASE_URL: undefined }, "GITHUB_BASE_URL is not set"],
  ["an AWS elsewhere", { AWS_ENDPOINT_URL: "https://10.0.0.1" }, "AWS_ENDPOINT_URL is 'https://10.0.0.1'"],
  ["one service of AWS elsewhere", { AWS_ENDPOINT_URL_EKS: "https://eks.amazonaws.com" }, "AWS_ENDPOINT_URL_EKS is"],
  ["a GitHub elsewhere", { GITHUB_BASE_URL: "https://api.github.com/" }, "GITHUB_BASE_URL is"],
  ["a host that only begins like loopback", { AWS_ENDPOINT_URL: "http://127.0.0.1.example.com" }, "example.com"],
  ["a world whose journal is nowhere", { STANDIN_JOURNAL: undefined }, "STANDIN_JOURNAL is not set"],
  ["a world whose nodes need no CNI", { CNI_READY_FILE: undefined }, "CNI_READY_FILE is not set"],
  ["endpoints that the SDK is told to ignore", { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }, "is 'true'"],
])("a rehearsal refuses %s", (_, changes, words) => {
  expect(() => world(changes)).toThrow(words);
});

test("a plan that does more, less or something else than expected is refused, with both in words", () => {
  const planned = { "aws_vpc.network": "update", "aws_eip.public_a": "replace" } as const;

  expect(judge("network", planned, planned)).toBe("network: 1 to update, 1 to replace");
  for (const expected of [{}, { "aws_vpc.network": "update" }, { ...planned, "aws_vpc.network": "replace" }] as const) {
    expect(() => judge("network", planned, expected)).toThrow(/expected: .*planned: {2}replace aws_eip.public_a/s);
  }
});

test("a successor that comes first is told from one that comes after", () => {
  const change = (...actions: string[]) => ({ address: actions.join(), change: { actions, before: {}, after: {} } });

  expect(changesIn([change("create", "delete"), change("delete", "create"), change("no-op"), change("read")])).toEqual({
    "create,delete": "replace, successor first",
    "delete,create": "replace",
  });
});

test("an order that a journal does not show is refused, and so is a journal that shows nothing", () => {
  const journal = [
    { time: 1, what: "helm_release cilium" },
    { time: 2, what: "eks CreateNodegroup" },
  ];

  expect(judgeOrder(journal, /cilium/, /Nodegroup/)).toBe("1 before 1");
  expect(() => judgeOrder(journal, /Nodegroup/, /cilium/)).toThrow("came before");
  expect(() => judgeOrder(journal, /Addon/, /cilium/)).toThrow("hold 0 of");
});
