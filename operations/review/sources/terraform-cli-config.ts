import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { domainToASCII } from "node:url";

/** What the Terraform command knows its user by. */
export interface TerraformUser {
  readonly environment: Readonly<Record<string, string | undefined>>;

  /**
   * The user's folder.
   * @default - of who runs this
   */
  readonly home?: string;
}

/**
 * The token for a host, found where the Terraform command looks for it, in its order
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#credentials).
 * @throws if there is none, which says what to do
 */
export function tokenFor(host: string, { environment, home = homedir() }: TerraformUser): string {
  const name = canonical(host);
  const variable = Object.keys(environment).find((key) => hostOf(key) === name);
  const given = variable && environment[variable];
  if (given) {
    return given;
  }
  const texts = files(environment, home).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  // What is read later wins.
  const found = texts
    .map(({ file, text }) =>
      text.trimStart().startsWith("{") ? tokenInJson(file, text, name) : tokenInHcl(text, name),
    )
    .filter((token) => token !== undefined)
    .at(-1);
  if (found !== undefined) {
    return found;
  }
  const helper = texts.some(({ text }) => /^\s*"?credentials_helper\b/m.test(text));
  throw new Error(
    helper
      ? `there is no token for ${host}: credentials helpers are not asked; set ${variableFor(name)}`
      : `there is no token for ${host}: run 'terraform login ${host}', or set ${variableFor(name)}`,
  );
}

/** A file that the environment names is read instead of all others. */
function files({ TF_CLI_CONFIG_FILE, TERRAFORM_CONFIG }: TerraformUser["environment"], home: string): string[] {
  const named = TF_CLI_CONFIG_FILE || TERRAFORM_CONFIG;
  if (named) {
    return [named];
  }
  const folder = join(home, ".terraform.d");
  const inFolder = existsSync(folder) ? readdirSync(folder).filter((file) => /\.tfrc(?:\.json)?$/.test(file)) : [];
  return [join(home, ".terraformrc"), ...inFolder.sort().map((file) => join(folder, file))].filter((file) =>
    existsSync(file),
  );
}

function tokenInJson(file: string, text: string, host: string): string | undefined {
  try {
    const { credentials = {} } = JSON.parse(text) as { credentials?: Record<string, { token?: string }> };
    return Object.entries(credentials).find(([name]) => canonical(name) === host)?.[1].token;
  } catch {
    // V8's message quotes the text, which holds tokens.
    throw new Error(`${file} is no configuration of the terraform command: its JSON cannot be read`);
  }
}

function tokenInHcl(text: string, host: string): string | undefined {
  const uncommented = text.replaceAll(/("(?:[^"\\\n]|\\.)*")|#[^\n]*|\/\/[^\n]*|\/\*.*?\*\//gs, "$1");
  const blocks = uncommented.matchAll(/^\s*credentials\s+"([^"]*)"\s*\{[^}]*?\btoken\s*=\s*"([^"]*)"/gm);
  return [...blocks].filter(([, name = ""]) => canonical(name) === host).at(-1)?.[2];
}

/** Hosts are compared in lower case and Punycode. */
function canonical(host: string): string {
  const [, name = "", port = ""] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  return `${domainToASCII(name) || name}${port}`;
}

/** The host that an environment variable's name stands for. */
function hostOf(variable: string): string | undefined {
  const [, name] = /^TF_TOKEN_(.+)$/.exec(variable) ?? [];
  return name && canonical(name.replaceAll("__", "-").replaceAll("_", "."));
}

function variableFor(host: string): string {
  return `TF_TOKEN_${host.replaceAll("-", "__").replaceAll(".", "_")}`;
}
