import { type ReviewRequest, reviewCommand } from "../../../operations/review/command-line";

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

function request(line: string): ReviewRequest {
  const got: ReviewRequest[] = [];
  reviewCommand(async (one) => {
    got.push(one);
  }).parse(
    line.split(" ").filter((word) => word !== ""),
    { from: "user" },
  );
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

test("help shows every option, examples and exit codes", () => {
  expect(() => request("--help")).toThrow("exit 0");
  expect(said).toMatch(/--silences.*Examples:.*npm run review -- --plan.*Exit codes:.*\n {2}1 /s);
});
