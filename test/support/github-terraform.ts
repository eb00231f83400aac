import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type GithubServer, publicKey } from "./github-server";

/** Variables of `existing.tf`. */
interface Variables {
  /** Arguments of the provider. */
  readonly settings?: object;
  /** A text in one of the files. */
  readonly marker?: string;
}

/** A configuration of `test/rehearsal/github/terraform/` in a folder of its own, and Terraform with the real provider. */
export class GithubTerraform {
  private readonly folder: string;

  /** @param change - is made to the configuration's text */
  constructor(
    private readonly github: GithubServer,
    configuration: string,
    name = configuration,
    change = (text: string) => text,
  ) {
    this.folder = join(github.folder, name);
    mkdirSync(this.folder);
    const text = readFileSync(`test/rehearsal/github/terraform/${configuration}.tf`, "utf8");
    writeFileSync(join(this.folder, "main.tf"), change(text));
  }

  init(): void {
    this.succeed(["init"]);
  }

  /** Applies the configuration, and returns what Terraform says. */
  apply(variables?: Variables): string {
    return this.succeed(["apply", "-auto-approve"], variables);
  }

  destroy(variables?: Variables): string {
    return this.succeed(["destroy", "-auto-approve"], variables);
  }

  /** Applies, which must fail, and returns what Terraform says. */
  applyAndFail(variables?: Variables): string {
    const { status, text } = this.terraform(["apply", "-auto-approve"], variables);
    expect({ status, text }).toMatchObject({ status: 1 });
    return text;
  }

  /** Returns what a plan finds, and what Terraform says of it. */
  plan(variables?: Variables): { found: "nothing" | "changes" | "an error"; text: string } {
    const { status, text } = this.terraform(["plan", "-detailed-exitcode"], variables);
    return { found: status === 0 ? "nothing" : status === 2 ? "changes" : "an error", text };
  }

  /** Returns the value of an expression. */
  evaluate(expression: string, variables?: Variables): unknown {
    const input = `base64encode(jsonencode(${expression}))\n`;
    const encoded = JSON.parse(this.terraform(["console"], variables, input).text);
    return JSON.parse(Buffer.from(encoded, "base64").toString());
  }

  /** Returns how many files of the repository are in the state. */
  filesInState(): number {
    return this.terraform(["state", "list"]).text.match(/repository_file/g)?.length ?? 0;
  }

  private succeed(command: readonly string[], variables?: Variables): string {
    const { status, text } = this.terraform(command, variables);
    expect({ status, text }).toMatchObject({ status: 0 });
    return text;
  }

  private terraform(
    [command = "", ...options]: readonly string[],
    { settings = { write_delay_ms: 100 }, marker = "first" }: Variables = {},
    input = "",
  ) {
    // They would win over the configuration's owner.
    const { GITHUB_OWNER, GITHUB_ORGANIZATION, ...environment } = process.env;
    const plain = ["console", "state"].includes(command) ? [] : ["-no-color"];
    const { status, stdout, stderr } = spawnSync("terraform", [command, ...options, ...plain], {
      cwd: this.folder,
      encoding: "utf8",
      input,
      env: {
        ...environment,
        ...this.github.environment,
        CHECKPOINT_DISABLE: "1",
        TF_IN_AUTOMATION: "1",
        TF_VAR_public_key: `${publicKey} flux@rehearsal`,
        TF_VAR_provider_settings: JSON.stringify(settings),
        TF_VAR_marker: marker,
      },
    });
    return { status, text: stdout + stderr };
  }
}
