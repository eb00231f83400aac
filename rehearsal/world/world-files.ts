import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import type { Cluster } from "../../schema/settings";

/** Files in a world's folder. */
export const cniReadyFile = "cni-ready";
export const standinJournal = "standin.jsonl";
/** Objects that Flux puts back when somebody deletes them. */
export const keptByFlux = "kept-by-flux.json";
/** Where the platform's stacks, their state and plans are. */
export const platformFolder = "platform";
const worldFile = "world.json";
const environmentFile = "env";

/** Returns whether a world keeps something of that name in its folder. */
export function isOfWorld(name: string): boolean {
  const folders = ["aws", "github", "kubernetes", "log", platformFolder];
  const files = ["pids", worldFile, environmentFile, cniReadyFile, standinJournal, keptByFlux];
  return [...folders, ...files].includes(name) || name.endsWith(".log");
}

/** What is kept of a world that was started. */
export interface WorldFile {
  /** Whose account, region and repository the world has. */
  readonly cluster: Cluster;
  /** Port of 127.0.0.1 to which the port of Hubble's UI leads, where no other is asked for. */
  readonly hubbleUi: number;
}

export function writeWorldFile(folder: string, world: WorldFile): void {
  writeFileSync(join(folder, worldFile), JSON.stringify(world, undefined, 2));
}

/** Returns whether a world was started in a folder, whether it runs or not. */
export function isWorld(folder: string): boolean {
  return existsSync(join(folder, worldFile));
}

/** @throws CommandError if no world was started there */
export function readWorldFile(folder: string): WorldFile {
  if (!isWorld(folder)) {
    throw new CommandError(`no world was started in ${folder}`, { next: `npm run world -- up ${folder}` });
  }
  return JSON.parse(readFileSync(join(folder, worldFile), "utf8"));
}

/** Returns the path of the kubeconfig of the cluster's administrator. */
export function kubeconfigOf(folder: string): string {
  return join(folder, "kubernetes", "kubeconfig");
}

/** Keeps the variables by which programs find a world. */
export function writeVariables(folder: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => exportLine(name, value));
  // They hold tokens.
  writeFileSync(join(folder, environmentFile), lines.join(""), { mode: 0o600 });
}

/** Returns a line by which a shell sets a variable. */
export function exportLine(name: string, value: string): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}

/** Reads the variables of a file of `export NAME=value` lines. */
export function readVariables(file: string): Record<string, string> {
  const exported = readFileSync(file, "utf8").matchAll(/^export (\w+)=(?:'((?:[^']|'\\'')*)'|(\S*))$/gm);
  return Object.fromEntries(
    [...exported].map(([, name = "", quoted, plain = ""]) => [name, quoted?.replaceAll(`'\\''`, "'") ?? plain]),
  );
}

/** Returns the variables of a world that was started. */
export function variablesOf(folder: string): Record<string, string> {
  readWorldFile(folder);
  return readVariables(join(folder, environmentFile));
}

/** Returns the variables by which commands find a world that was started, the stacks in it, and its cluster. */
export function commandVariables(folder: string): Record<string, string> {
  return {
    ...variablesOf(folder),
    REHEARSAL_WORLD: folder,
    // Version 1 of the AWS CLI, and boto3, read no other.
    AWS_DEFAULT_REGION: variablesOf(folder)["AWS_REGION"] ?? "",
    CDKTF_OUTDIR: join(folder, platformFolder, "cdktf.out"),
    KUBECONFIG: kubeconfigOf(folder),
  };
}
