import { spawnSync } from "node:child_process";

import { CommandError } from "../../operations/command/failure";
import { terraformProblem, terraformProgram } from "../../platform/terraform";

export interface RequirementOptions {
  /** Whether something has to be built or downloaded by Go. */
  readonly needsGo: boolean;
}

/** Throws if this machine lacks something that a world needs: one error that says all of it, and where to get each. */
export function mustHaveRequirements(options: RequirementOptions): void {
  const missing = missingRequirements(options);
  if (missing.length > 0) {
    throw new CommandError(["this machine lacks what a world needs:", ...missing].join("\n  "), {
      next: "install it, then type the same again",
    });
  }
}

/** Returns a line for each thing that is missing on this machine, which says what it is, what is there instead, and where to get it. */
export function missingRequirements({ needsGo }: RequirementOptions): string[] {
  return [operatingSystem(), python(), ...(needsGo ? [go()] : []), git(), terraform()].filter(
    (line) => line !== undefined,
  );
}

function operatingSystem(): string | undefined {
  return process.platform === "linux" ? undefined : `Linux: this is ${process.platform}; a virtual machine will do`;
}

function python(): string | undefined {
  const program = process.env.PYTHON || "python3";
  const fault =
    faultOf(program, ["--version"], "3.10") ??
    (answer(program, ["-c", "import ensurepip, venv"]).status === 0 ? undefined : "has no 'venv' (python3-venv)");
  return line("Python 3.10 or newer", program, fault, "https://www.python.org/downloads/, or name another in PYTHON");
}

function go(): string | undefined {
  return line("Go 1.26 or newer", "go", faultOf("go", ["version"], "1.26"), "https://go.dev/dl/");
}

function git(): string | undefined {
  return line("Git 2.31 or newer", "git", faultOf("git", ["--version"], "2.31"), "https://git-scm.com/downloads");
}

function terraform(): string | undefined {
  const problem = terraformProblem(terraformProgram(process.env), "local");
  const where =
    "https://developer.hashicorp.com/terraform/install, or name another, as OpenTofu's, in TERRAFORM_BINARY_NAME";
  return problem && `${problem.message}; ${where}`;
}

function line(what: string, program: string, fault: string | undefined, where: string): string | undefined {
  return fault === undefined ? undefined : `${what}: '${program}' ${fault}; ${where}`;
}

/** Returns what is wrong with a program that is to have this version, if something is. */
function faultOf(program: string, words: readonly string[], oldest: string): string | undefined {
  const { status, stdout } = answer(program, words);
  if (status === null) {
    return "is not found on PATH";
  }
  const version = /\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0];
  if (status !== 0 || version === undefined) {
    return "does not say its version";
  }
  return version.localeCompare(oldest, "en", { numeric: true }) < 0 ? `is version ${version}` : undefined;
}

function answer(program: string, words: readonly string[]) {
  return spawnSync(program, words, { encoding: "utf8", env: process.env });
}
