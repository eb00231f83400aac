import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { CommandError } from "../../operations/command/failure";

/** A stack that was synthesized. */
export interface SynthesizedStack {
  readonly name: string;
  /** Where Terraform runs. */
  readonly folder: string;
}

/** What of a stack's JSON says where state is. */
interface StackJson {
  readonly terraform: {
    /** Arguments of the one backend, by its type. */
    readonly backend: Readonly<Record<string, BackendConfig>> | undefined;
    readonly cloud: BackendConfig | undefined;
  };
  readonly data: { readonly terraform_remote_state: Readonly<Record<string, RemoteState>> | undefined } | undefined;
}

interface RemoteState {
  /** `remote` is what reads a state that a `cloud` block keeps. */
  readonly backend: string;
  readonly config: BackendConfig;
}

/** Arguments that name a state: `path` of `local`, `bucket` and `key` of `s3`, the others of `cloud` and `remote`. */
interface BackendConfig {
  readonly path: string | undefined;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly hostname: string | undefined;
  readonly organization: string | undefined;
  readonly workspaces: { readonly name: string } | undefined;
}

/**
 * Writes an `override.tf.json` for each stack, by which Terraform keeps its state in a folder and looks there for those that it
 * reads, whatever the stack itself says (Terraform, "Override files").
 * @throws CommandError if a stack reads a state that is none of these stacks'
 */
export function keepStateIn(stateFolder: string, stacks: readonly SynthesizedStack[]): void {
  const read = stacks.map((stack) => ({ ...stack, json: stackJson(stack) }));
  const owners = new Map(read.map(({ name, folder, json }) => [ownState(json, folder), name]));
  for (const { name, folder, json } of read) {
    const local = (owner: string) => ({ path: relative(folder, join(stateFolder, `${owner}.tfstate`)) });
    const remoteStates = Object.entries(json.data?.terraform_remote_state ?? {}).map(([id, { backend, config }]) => {
      const state = stateOf(backend, config, folder);
      const owner = owners.get(state);
      if (owner === undefined) {
        throw new CommandError(
          `${name} reads a state that is none of these stacks': data.terraform_remote_state.${id}, ${state}`,
        );
      }
      return [id, { backend: "local", config: local(owner) }] as const;
    });
    const override = {
      terraform: { backend: { local: local(name) } },
      // Terraform refuses a type without a block.
      ...(remoteStates.length > 0 ? { data: { terraform_remote_state: Object.fromEntries(remoteStates) } } : {}),
    };
    writeFileSync(join(folder, "override.tf.json"), JSON.stringify(override, undefined, 2));
  }
}

/**
 * Puts states back to what they were before, in whose writing Terraform was killed. It empties the file before it writes, and says so of a
 * resource at that moment: who kills it then, has to do this in one of several runs.
 */
export function putBackStates(stateFolder: string): void {
  const files = readdirSync(stateFolder).filter((name) => name.endsWith(".tfstate"));
  for (const file of files.map((name) => join(stateFolder, name)).filter((path) => !isWhole(path))) {
    if (existsSync(`${file}.backup`)) {
      copyFileSync(`${file}.backup`, file);
    } else {
      rmSync(file);
    }
  }
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

function stackJson({ folder }: SynthesizedStack): StackJson {
  return JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
}

/** Names the state of a stack, as `stateOf` names it for those that read it. */
function ownState({ terraform }: StackJson, folder: string): string {
  const [[backend, config] = []] = Object.entries(terraform.backend ?? { cloud: terraform.cloud });
  return stateOf(backend ?? "", config, folder);
}

/** Names a state by where it is: `s3 acme-state demo/network.tfstate`. */
function stateOf(backend: string, config: BackendConfig | undefined, folder: string): string {
  switch (backend) {
    case "local":
      return `local ${resolve(folder, config?.path ?? "terraform.tfstate")}`;
    case "s3":
      return `s3 ${config?.bucket} ${config?.key}`;
    case "cloud":
    case "remote":
      return `cloud ${config?.hostname ?? "app.terraform.io"} ${config?.organization} ${config?.workspaces?.name}`;
    default:
      return `${backend} ${JSON.stringify(config)}`;
  }
}
