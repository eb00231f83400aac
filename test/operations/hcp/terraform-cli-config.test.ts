import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { tokenFor } from "../../../operations/hcp/terraform-cli-config";

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

const hcl = 'credentials "app.terraform.io" {\n  token = "never-taken"\n}\n';
const json = (value: string, host = "app.terraform.io") =>
  JSON.stringify({ credentials: { [host]: { token: value } } });

const login = ".terraform.d/credentials.tfrc.json";

test.each<[string, string, Record<string, string>, Record<string, string>]>([
  ["terraform login's file", "login", { [login]: json("login") }, {}],
  ["terraform login's file before .terraformrc", "login", { ".terraformrc": json("rc"), [login]: json("login") }, {}],
  ["terraform login's file beside HCL", "login", { ".terraformrc": hcl, [login]: json("login") }, {}],
  [".terraformrc, if it is JSON", "rc", { ".terraformrc": json("rc") }, {}],
  ["the environment before any file", "env", { [login]: json("login") }, { TF_TOKEN_app_terraform_io: "env" }],
  [
    "the file that the environment names, and no other",
    "other",
    { "other.tfrc": json("other"), [login]: json("login") },
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
  ["tfe.example.com:8443", "TF_TOKEN_tfe_example_com:8443"],
  ["tfe.example.com:443", "TF_TOKEN_tfe_example_com"],
])("the variable of %s can be %s", (host, variable) => {
  expect(token({}, { [variable]: "found" }, host)).toBe("found");
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ["without any file", {}, {}],
  ["with a token for another host", { [login]: json("no", "app.eu.terraform.io") }, {}],
  ["with HCL alone", { ".terraformrc": hcl }, {}],
  [
    "with HCL in the file that the environment names",
    { "other.tfrc": hcl, [login]: json("login") },
    { TF_CLI_CONFIG_FILE: join(home, "other.tfrc") },
  ],
  ["with an empty variable", {}, { TF_TOKEN_app_terraform_io: "" }],
])("%s there is no token, which is said with the way out", (_, files, environment) => {
  expect(() => token(files, environment)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining("no token for app.terraform.io, neither in TF_TOKEN_app_terraform_io nor"),
      next: "terraform login app.terraform.io",
    }),
  );
});

test("the variable to set is that of the host", () => {
  expect(() => token({}, {}, "terraform.acme-corp.example")).toThrow(
    "neither in TF_TOKEN_terraform_acme__corp_example nor",
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
