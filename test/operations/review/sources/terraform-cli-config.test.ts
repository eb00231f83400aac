import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { tokenFor } from "../../../../operations/review/sources/terraform-cli-config";

const home = mkdtempSync(join(tmpdir(), "review-home-"));

afterAll(() => {
  rmSync(home, { recursive: true });
});

afterEach(() => {
  for (const name of [".terraformrc", ".terraform.d", "other.tfrc"]) {
    rmSync(join(home, name), { recursive: true, force: true });
  }
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
}

/** The token for a host, of somebody whose folder holds these files. */
function token(files: Record<string, string>, environment: Record<string, string> = {}, host = "app.terraform.io") {
  for (const [file, text] of Object.entries(files)) {
    write(file, text);
  }
  return tokenFor(host, { environment, home });
}

const hcl = (value: string, host = "app.terraform.io") => `credentials "${host}" {\n  token = "${value}"\n}\n`;
const json = (value: string, host = "app.terraform.io") =>
  JSON.stringify({ credentials: { [host]: { token: value } } });

const login = ".terraform.d/credentials.tfrc.json";

test.each<[string, string, Record<string, string>, Record<string, string>]>([
  ["terraform login's file", "login", { [login]: json("login") }, {}],
  ["terraform login's file before .terraformrc", "login", { ".terraformrc": hcl("rc"), [login]: json("login") }, {}],
  ["the last file of the folder", "z", { [login]: json("login"), ".terraform.d/z.tfrc": hcl("z") }, {}],
  ["the environment before any file", "env", { [login]: json("login") }, { TF_TOKEN_app_terraform_io: "env" }],
  [
    "the file that the environment names, and no other",
    "other",
    { "other.tfrc": hcl("other"), [login]: json("login") },
    { TF_CLI_CONFIG_FILE: join(home, "other.tfrc") },
  ],
])("a token comes from %s", (_, expected, files, environment) => {
  expect(token(files, environment)).toBe(expected);
});

test.each([
  ["terraform.acme-corp.example", "TF_TOKEN_terraform_acme__corp_example"],
  ["terraform.acme-corp.example", "TF_TOKEN_terraform.acme-corp.example"],
  ["café.fr", "TF_TOKEN_xn____caf__dma_fr"],
  ["APP.Terraform.io", "TF_TOKEN_app_terraform_io"],
])("the variable of %s can be %s", (host, variable) => {
  expect(token({}, { [variable]: "found" }, host)).toBe("found");
});

test.each<[string, string]>([
  ["in a comment", `# ${hcl("no").replaceAll("\n", " ")}\n/*\n${hcl("no")}*/\n`],
  ["of another host", hcl("no", "app.eu.terraform.io")],
  ["beside another setting", 'plugin_cache_dir = "/credentials/app.terraform.io { token"\n'],
])("no token is taken from what stands %s", (_, text) => {
  expect(() => token({ ".terraformrc": text })).toThrow("there is no token for app.terraform.io: run 'terraform login");
});

test("a comment's sign within a string is part of it", () => {
  expect(token({ ".terraformrc": hcl("a//b#c") })).toBe("a//b#c");
});

test("a credentials helper is not asked, which is said with the way out", () => {
  expect(() => token({ ".terraformrc": 'credentials_helper "vault" {\n}\n' })).toThrow(
    "credentials helpers are not asked; set TF_TOKEN_app_terraform_io",
  );
});

test("a file that is cut off is named, and nothing of it is shown", () => {
  expect(() => token({ [login]: json("never-to-be-shown").slice(0, -1) })).toThrow(
    /^(?!.*never-to-be-shown).*credentials\.tfrc\.json/s,
  );
});

test("a file that the environment names and that is not there is an error", () => {
  expect(() => token({}, { TF_CLI_CONFIG_FILE: "/nowhere/terraform.rc" })).toThrow("/nowhere/terraform.rc");
});
