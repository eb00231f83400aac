import { RunningWorld } from "../../../rehearsal/world/running-world";

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

function world(changes: Record<string, string | undefined>): RunningWorld {
  process.env = { ...loopback, ...changes };
  return RunningWorld.fromEnvironment();
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
