import { type ReviewRequest, reviewCommand } from "../../../operations/review/command-line";
import type { ServeRequest } from "../../../operations/review/serve-options";

let said = "";

beforeEach(() => {
  said = "";
  const say = (text: string | Uint8Array) => {
    said += text;
    return true;
  };
  jest.spyOn(process.stderr, "write").mockImplementation(say);
  jest.spyOn(process.stdout, "write").mockImplementation(say);
  jest.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env["TF_CLOUD_HOSTNAME"];
});

function parse(
  line: string,
  review: (request: ReviewRequest) => Promise<void>,
  serve: (request: ServeRequest) => Promise<void> = async () => {},
): void {
  reviewCommand(review, serve).parse(
    line.split(" ").filter((word) => word !== ""),
    { from: "user" },
  );
}

function serveRequest(line: string): ServeRequest {
  const got: ServeRequest[] = [];
  parse(
    line,
    async () => {},
    async (one) => {
      got.push(one);
    },
  );
  const [asked] = got;
  if (asked === undefined) {
    throw new Error("nothing is served");
  }
  return asked;
}

function request(line: string): ReviewRequest {
  const got: ReviewRequest[] = [];
  parse(line, async (one) => {
    got.push(one);
  });
  const [asked] = got;
  if (asked === undefined) {
    throw new Error("nothing was asked for");
  }
  return asked;
}

test("a cluster is reviewed whole, in the terminal, with a look at what is there, unless somebody says otherwise", () => {
  expect(request("demo")).toEqual({
    origin: { kind: "cluster", cluster: "demo", refresh: true },
    stacks: [],
    format: "terminal",
    output: undefined,
    failOn: "danger",
    silences: undefined,
  });
});

test.each([
  ["--plan a.json b.json --plan -", { kind: "saved", files: ["a.json", "b.json", "-"] }],
  ["--hcp-run run-a run-b", { kind: "hcp", runs: ["run-a", "run-b"], host: "app.terraform.io" }],
  ["--hcp-run run-a --hcp-host tfe.example", { kind: "hcp", runs: ["run-a"], host: "tfe.example" }],
  ["demo --refresh=false", { kind: "cluster", cluster: "demo", refresh: false }],
])("%s says where plans come from", (line, origin) => {
  expect(request(line).origin).toEqual(origin);
});

test("the host of runs is the one that the terraform command takes from the environment", () => {
  process.env["TF_CLOUD_HOSTNAME"] = "app.eu.terraform.io";

  expect(request("--hcp-run run-a").origin).toMatchObject({ host: "app.eu.terraform.io" });
  expect(request("--plan a.json").origin).toMatchObject({ kind: "saved" });
});

test("what the report shall be is read from anywhere on the line", () => {
  const options = "--stack network bootstrap --format html --output a.html --fail-on any --silences known.yaml";

  expect(request(`demo ${options}`)).toMatchObject({
    stacks: ["network", "bootstrap"],
    format: "html",
    output: "a.html",
    failOn: "any",
    silences: "known.yaml",
  });
});

test.each([
  ["", "got nothing to review; name one cluster, or give --plan, or --hcp-run"],
  ["demo --plan a.json", "got a cluster and --plan"],
  ["--plan a.json --hcp-run run-a", "got --plan and --hcp-run"],
  ["demo other", "too many arguments"],
  ["--plan", "argument missing"],
  ["--plan a.json --format pdf", "'pdf' is invalid. Allowed choices are terminal, markdown, html, json"],
  ["--plan a.json --fail-on change", "'change' is invalid. Allowed choices are danger, replace, destroy, any, never"],
  ["--plan a.json --refresh=false", "cannot be used with option '--plan"],
  ["demo --refresh=no", "'no' is invalid"],
  ["--plans a.json", "Did you mean --plan?"],
])("'%s' is refused in words, with 1", (line, words) => {
  expect(() => request(line)).toThrow("exit 1");
  expect(said).toContain(words);
});

test("a run task listens on loopback, asks app.terraform.io, and keeps nothing, unless somebody says otherwise", () => {
  expect(serveRequest("--serve 8080")).toEqual({
    address: { host: "127.0.0.1", port: 8080 },
    hcpHost: "app.terraform.io",
    publicUrl: undefined,
    dataFolder: undefined,
    failOn: "danger",
    silences: undefined,
  });
});

test("a run task is told where it listens, whom it asks, what it keeps and when it fails", () => {
  const options = "--hcp-host TFE.example:8443 --public-url https://review.example/tools --data /var/lib/review";

  expect(serveRequest(`--serve [::1]:0 ${options} --fail-on any --silences known.yaml`)).toEqual({
    address: { host: "::1", port: 0 },
    hcpHost: "tfe.example:8443",
    publicUrl: new URL("https://review.example/tools/"),
    dataFolder: "/var/lib/review",
    failOn: "any",
    silences: "known.yaml",
  });
});

test.each([
  ["--serve review.example:8080", "argument 'review.example:8080' is invalid. Write a port, or an IP address"],
  ["--serve 65536", "argument '65536' is invalid"],
  ["--serve 127.0.0.1", "argument '127.0.0.1' is invalid"],
  ["--serve :::80", "argument ':::80' is invalid"],
  ["--serve [127.0.0.1]:80", "is invalid"],
  ["--serve 8080 demo", "got a cluster and --serve"],
  ["--serve 8080 --plan a.json", "cannot be used with option '--plan"],
  ["--serve 8080 --hcp-run run-a", "cannot be used with option '--hcp-run"],
  ["--serve 8080 --stack network", "cannot be used with option '--stack"],
  ["--serve 8080 --refresh=false", "cannot be used with option '--"],
  ["--serve 8080 --format json", "cannot be used with option '--format"],
  ["--serve 8080 --output a.html", "cannot be used with option '--output"],
  ["--serve 8080 --public-url http://review.example", "Write it with https"],
  ["--serve 8080 --public-url https://user@review.example", "Write it with https"],
  ["--serve 8080 --public-url review.example", "Write it with https"],
  ["--serve 8080 --hcp-host https://app.terraform.io", "--hcp-host is 'https://app.terraform.io', which is no host"],
  ["--serve 8080 --hcp-host app.terraform.io/x", "which is no host"],
  ["demo --public-url https://review.example", "--public-url goes with --serve alone"],
  ["demo --data /var/lib/review", "--data goes with --serve alone"],
])("'%s' is refused in words, with 1", (line, words) => {
  expect(() => serveRequest(line)).toThrow("exit 1");
  expect(said).toContain(words);
});

test("help shows every option, examples and exit codes", () => {
  expect(() => request("--help")).toThrow("exit 0");
  expect(said).toMatch(/--silences.*Examples:.*npm run review -- --plan.*Exit codes:.*\n {2}1 /s);
});
