import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { machineEnvironment } from "../../rehearsal/world/environment";
import type { Finding } from "../../scripts/security/dispositions";

const run = promisify(execFile);

/** What Checkov says of a file or a folder. */
export interface Scan {
  readonly findings: readonly Finding[];
  /** Names of the resources that at least one check looked at. */
  readonly checked: ReadonlySet<string>;
  /** Resources that it read, by its own count. */
  readonly resourceCount: number;
  readonly parsingErrors: number;
}

/** The part of Checkov's JSON that is read here. */
interface Output {
  readonly results?: Readonly<Record<"failed_checks" | "passed_checks", readonly Check[]>>;
  readonly summary: { readonly resource_count: number; readonly parsing_errors: number };
}

interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
}

/** Returns Checkov's program, which pip fetches into the rehearsal's cache the first time. Throws if it cannot be had. */
export async function checkovProgram(): Promise<string> {
  const { stdout } = await run("rehearsal/aws/venv", ["test/security/requirements.txt"]);
  return `${stdout.trim()}/bin/checkov`;
}

/** Runs Checkov. Throws if it fails, or says nothing of what it was given. */
export async function scan(program: string, path: string, framework: string): Promise<Scan> {
  const { stdout } = await run(
    program,
    // It asks nobody on the network for more than it has; findings do not make it fail.
    [path.endsWith(".json") ? "--file" : "--directory", path, "--framework", framework, "--output", "json"].concat([
      "--compact",
      "--soft-fail",
      "--skip-download",
    ]),
    { env: machineEnvironment(process.env), maxBuffer: 256 * 1024 * 1024 },
  );
  const { results, summary } = JSON.parse(stdout) as Output;
  if (!results) {
    throw new Error(`Checkov read nothing of ${path}`);
  }
  return {
    findings: results.failed_checks.map(({ check_id, check_name, resource }) => ({
      check: check_id,
      asks: check_name,
      resource,
    })),
    checked: new Set([...results.failed_checks, ...results.passed_checks].map(({ resource }) => resource)),
    resourceCount: summary.resource_count,
    parsingErrors: summary.parsing_errors,
  };
}
