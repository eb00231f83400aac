import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { runProgram } from "../../operations/command/run-program";
import { keepStateIn, type SynthesizedStack } from "./local-state";

export interface SynthesisProps {
  /** A project with a cdktf.json. Nothing is written there. */
  readonly project: string;
  /** Where `cdktf.out` is written. */
  readonly folder: string;
  /**
   * Where state is kept.
   * @default - `state` in the folder
   */
  readonly state?: string;
  /** All variables of the program that synthesizes. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Ends it.
   * @default - nothing does
   */
  readonly signal?: AbortSignal | undefined;
}

interface CdktfConfig {
  readonly app: string;
  readonly context: object | undefined;
  readonly terraformModules: readonly (string | { readonly source: string })[] | undefined;
}

/**
 * Runs the `app` of a project's cdktf.json, as the CDKTF command would, and returns its stacks. Their state is kept in one folder,
 * whatever the settings say.
 */
export async function synthesize(props: SynthesisProps): Promise<SynthesizedStack[]> {
  const { project, folder, state = join(folder, "state"), environment, signal = new AbortController().signal } = props;
  const { app, context, terraformModules = [] } = cdktfConfig(project);
  const output = resolve(folder, "cdktf.out");
  const manifest = join(output, "manifest.json");
  mkdirSync(output, { recursive: true });
  rmSync(manifest, { force: true });
  const { code, errors } = await runProgram("sh", ["-c", app], {
    signal,
    cwd: project,
    environment: {
      ...environment,
      CDKTF_OUTDIR: output,
      CDKTF_CONTEXT_JSON: JSON.stringify({ ...context, cdktfRelativeModules: terraformModules.filter(isRelative) }),
      SYNTH_HCL_OUTPUT: "false",
    },
  });
  if (code !== 0 || !existsSync(manifest)) {
    throw new CommandError(`'${app}' in ${project} wrote no stacks\n\n${errors.trim()}`);
  }
  const { stacks } = JSON.parse(readFileSync(manifest, "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
  };
  const synthesized = Object.values(stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: join(output, workingDirectory),
  }));
  keepStateIn(resolve(state), synthesized);
  return synthesized;
}

function cdktfConfig(project: string): CdktfConfig {
  const file = join(project, "cdktf.json");
  if (!existsSync(file)) {
    throw new CommandError(`${project} has no cdktf.json, so it is no project of CDKTF's`, {
      next: "git log --oneline -- cdktf.json lists commits that have one",
    });
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Returns whether a module is in a folder of the project. */
function isRelative(module: string | { readonly source: string }): boolean {
  return /^\.\.?\//.test(typeof module === "string" ? module : module.source);
}
