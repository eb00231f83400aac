import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { domainToASCII } from "node:url";
import { CommandError } from "../command/failure";

/** Where somebody's tokens are looked for. */
export interface TerraformUser {
  readonly environment: Readonly<Record<string, string | undefined>>;

  /**
   * The user's folder.
   * @default - of who runs this
   */
  readonly home?: string;
}

/**
 * Finds the token for a host as the Terraform command does, in a variable and then in its configuration, of which only JSON is read
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#credentials).
 * @returns the token; undefined if there is none
 */
export function findToken(host: string, { environment, home = homedir() }: TerraformUser): string | undefined {
  const name = canonical(host);
  const variable = Object.keys(environment).find((key) => hostOfVariable(key) === name);
  return (variable && environment[variable]) || tokenInFiles(configFiles(environment, home), name) || undefined;
}

/**
 * Returns the token for a host.
 * @throws CommandError that says how to get one, if there is none
 */
export function tokenFor(host: string, user: TerraformUser): string {
  const token = findToken(host, user);
  if (!token) {
    const places = `neither in ${variableFor(canonical(host))} nor in Terraform's configuration, of which only JSON is read`;
    throw new CommandError(`there is no token for ${host}, ${places}`, { next: `terraform login ${host}` });
  }
  return token;
}

/** Returns the files of the configuration. One that the environment names is read instead of all others. */
function configFiles({ TF_CLI_CONFIG_FILE, TERRAFORM_CONFIG }: TerraformUser["environment"], home: string): string[] {
  const named = TF_CLI_CONFIG_FILE || TERRAFORM_CONFIG;
  const usual = [join(home, ".terraformrc"), join(home, ".terraform.d", "credentials.tfrc.json")];
  return named ? [named] : usual.filter((file) => existsSync(file));
}

function tokenInFiles(files: readonly string[], host: string): string | undefined {
  const tokens = files.map((file) => tokenInFile(file, host));
  // To Terraform, what `terraform login` wrote, which is read last, wins.
  return tokens.findLast((token) => token !== undefined);
}

function tokenInFile(file: string, host: string): string | undefined {
  const text = readFileSync(file, "utf8");
  if (!text.trimStart().startsWith("{")) {
    return undefined;
  }
  try {
    const { credentials = {} } = JSON.parse(text) as { credentials?: Record<string, { token?: string }> };
    return Object.entries(credentials).find(([name]) => canonical(name) === host)?.[1].token;
  } catch {
    // V8's message quotes the text, which holds tokens.
    throw new CommandError(`${file} is no configuration of the terraform command: its JSON cannot be read`, {
      next: `mend it, or set ${variableFor(host)} to the token`,
    });
  }
}

/** Writes a host in the form in which hosts are compared: in small letters and Punycode, without the port of HTTPS. */
function canonical(host: string): string {
  const [, name = "", port = ""] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  return `${domainToASCII(name) || name}${port === ":443" ? "" : port}`;
}

/** Returns the host whose token a variable holds; undefined for other variables. */
function hostOfVariable(variable: string): string | undefined {
  const [, name] = /^TF_TOKEN_(.+)$/.exec(variable) ?? [];
  return name && canonical(name.replaceAll("__", "-").replaceAll("_", "."));
}

function variableFor(host: string): string {
  return `TF_TOKEN_${host.replaceAll("-", "__").replaceAll(".", "_")}`;
}
