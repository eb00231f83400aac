import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { demoWith } from "../../rehearsal/life/demo-settings";
import { projectWith } from "../support/project";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true });
  }
});

function project(settings: unknown): string {
  const folder = projectWith(settings);
  folders.push(folder);
  return folder;
}

/** Runs a synth through the shell, as `synth ARGUMENT …`, and returns what comes out at the end and the exit code of synth itself. */
function pipe(folder: string, command: string, environment: Readonly<Record<string, string>> = {}) {
  const program = `bash -c 'echo $$ > pid; exec "${process.execPath}" scripts/run.mjs main.ts "$@"' synth "$@"`;
  const synth = `synth() { ${program}; echo "ended with $?" >&3; }`;
  const { stdout, output } = spawnSync("bash", ["-c", `${synth}; ${command}`], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 1e8,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  return { stdout, errors: output[2], end: output[3] };
}

test("settings of one cluster are written as three stacks", () => {
  const { stdout, end } = pipe(project([demoWith()]), "synth");

  expect(stdout).toMatch(/^3 stacks in .*\/stacks\n$/);
  expect(end).toBe("ended with 0\n");
});

test.each<[string, (folder: string) => string, string]>([
  ["relative, where the folders above it are not there", () => "out/of/it", "out/of/it"],
  ["absolute", (folder) => join(folder, "elsewhere"), "elsewhere"],
  ["empty, which is none", () => "", "cdktf.out"],
])("the stacks are written to the folder that CDKTF_OUTDIR names: %s", (_, named, written) => {
  const folder = project([demoWith()]);
  const { stdout, errors, end } = pipe(folder, "synth", { CDKTF_OUTDIR: named(folder) });

  expect({ errors, end }).toEqual({ errors: "", end: "ended with 0\n" });
  expect(stdout).toBe(`3 stacks in ${named(folder) || written}/stacks\n`);
  expect(readdirSync(folder).filter((name) => ["cdktf.out", "elsewhere", "out"].includes(name))).toEqual([
    written.split("/")[0],
  ]);
  expect(readdirSync(join(folder, written, "stacks"))).toHaveLength(3);
});

test("--help says what synth does, and writes nothing", () => {
  const folder = project([demoWith()]);
  const { stdout, errors, end } = pipe(folder, "synth --help");

  expect(stdout).toMatch(/^Usage: npm run synth .*writes three stacks/s);
  expect({ errors, end }).toEqual({ errors: "", end: "ended with 0\n" });
  expect(readdirSync(folder)).not.toContain("cdktf.out");
});

test.each([
  ["demo", "too many arguments. Expected 0 arguments but got 1."],
  ["--debug", "unknown option '--debug'"],
])("an argument is refused, since synth takes none: %s", (argument, message) => {
  const folder = project([demoWith()]);

  expect(pipe(folder, `synth ${argument}`)).toEqual({
    stdout: "",
    errors: `error: ${message}\n  next: npm run synth, which takes no arguments and writes the stacks of all clusters\n`,
    end: "ended with 1\n",
  });
  expect(readdirSync(folder)).not.toContain("cdktf.out");
});

test.each([
  ["no export of that name", "export const cluster = [];", "missing; it"],
  ["a default export in its place", "export default [];", "missing; it"],
  ["undefined", "export const clusters = undefined;", "missing; it"],
  ["a promise", "export const clusters = Promise.resolve([]);", "Promise { [] }"],
  ["one cluster", "export const clusters = { name: 'demo' };", "{ name: 'demo' }"],
])("clusters that are no list are told in a sentence: %s", (_, text, shown) => {
  const folder = project([]);
  writeFileSync(join(folder, "settings.ts"), text);

  expect(pipe(folder, "synth")).toEqual({
    stdout: "",
    errors: `settings.ts has a mistake\n\n  clusters: ${shown} must be a list of clusters: export const clusters: ClusterSettings[] = [{ … }]\n`,
    end: "ended with 1\n",
  });
});

test("what a killed synth has left goes a day later, and nothing that is younger or another project's", () => {
  const folder = project([demoWith()]);
  const temporary = join(folder, "temporary");
  const copy = (name: string, modules: readonly string[], hours: number) => {
    for (const module of modules) {
      mkdirSync(join(temporary, name, module), { recursive: true });
    }
    const made = new Date(Date.now() - hours * 3_600_000);
    utimesSync(join(temporary, name), made, made);
  };
  copy("cdktf-module-asset-old", readdirSync("modules"), 25);
  copy("cdktf-module-asset-young", readdirSync("modules"), 23);
  copy("cdktf-module-asset-other", ["cluster-token", "database"], 25);
  pipe(folder, "synth", { TMPDIR: temporary });

  expect(readdirSync(temporary).sort()).toEqual(["cdktf-module-asset-other", "cdktf-module-asset-young"]);
});

test("a synth ends well and quietly when nobody reads what it prints", () => {
  const { errors, end } = pipe(project([demoWith()]), "synth | true");

  expect(errors).toBe("");
  expect(end).toBe("ended with 0\n");
});

describe("3,000 mistakes", () => {
  const folder = project([demoWith({ apiAccess: Array.from({ length: 3_000 }, (_, index) => `10.${index}`) })]);

  test("are printed as far as people read, to a pipe that is read slowly", () => {
    const { stdout, end } = pipe(folder, "synth 2>&1 | (sleep 0.5; cat)");
    const [heading, ...lines] = stdout.split("\n");

    expect(heading).toBe("settings.ts has 3001 mistakes");
    expect(lines.filter((line) => line.startsWith("  clusters[0].apiAccess"))).toHaveLength(500);
    expect(stdout.endsWith("\n\n  … and 2501 more\n")).toBe(true);
    expect(end).toBe("ended with 1\n");
  });

  test("end quietly in a pipe that nobody reads any more, with the same exit code", () => {
    const { stdout, errors, end } = pipe(folder, "synth 2>&1 | head -1");

    expect(stdout).toBe("settings.ts has 3001 mistakes\n");
    expect(errors).toBe("");
    expect(end).toBe("ended with 1\n");
  });
});

describe("with state in HCP Terraform", () => {
  const folder = project([demoWith({ backend: { type: "cloud", organization: "acme", agentPool: "eu" } })]);
  const bin = join(folder, "bin");
  const temporary = join(folder, "temporary");
  mkdirSync(bin);
  mkdirSync(temporary);

  /** Synthesizes where `terraform` is a script of these lines, or is not there. */
  function synthWith(...script: string[]) {
    const terraform = join(bin, "terraform");
    rmSync(terraform, { force: true });
    if (script.length > 0) {
      writeFileSync(terraform, ["#!/bin/sh", ...script].join("\n"));
      chmodSync(terraform, 0o755);
    }
    const environment = { PATH: `${bin}:/usr/bin:/bin`, TERRAFORM_BINARY_NAME: "", TMPDIR: temporary };
    return pipe(folder, "synth", environment);
  }

  test("a terraform that is new enough is asked for its version alone", () => {
    expect(synthWith("[ $* = version ] && echo Terraform v1.11.0")).toMatchObject({
      errors: "",
      end: "ended with 0\n",
    });
  });

  test.each([
    ["is not there", [], "is not found on PATH"],
    ["is too old", ["echo Terraform v1.9.8"], "is version 1.9.8"],
    ["is OpenTofu", ["echo OpenTofu v1.12.6"], "is OpenTofu"],
    ["prints nonsense", ["echo Usage: terraform"], "prints no version"],
    ["fails", ["echo Terraform v1.11.0", "exit 1"], "fails when it is asked for its version"],
  ])("a terraform that %s is told in a sentence, and nothing is written", (_, script, fault) => {
    rmSync(join(folder, "cdktf.out"), { recursive: true, force: true });

    expect(synthWith(...script)).toEqual({
      stdout: "",
      errors: `error: for backend 'cloud', Terraform 1.11 or later is needed, and 'terraform' ${fault}\n  next: install it, or name its program in TERRAFORM_BINARY_NAME\n`,
      end: "ended with 1\n",
    });
    expect(readdirSync(folder)).not.toContain("cdktf.out");
  });

  test("nothing is left in the temporary folder, neither at the end nor by a signal", () => {
    synthWith("echo Terraform v1.11.0");
    expect(readdirSync(temporary)).toEqual([]);

    // The second to ask is CDKTF, at work.
    const killing = synthWith('[ -e "$0.seen" ] && kill $(cat pid)', 'touch "$0.seen"', "echo Terraform v1.11.0");
    expect(killing.end).toBe("ended with 143\n");
    expect(readdirSync(temporary)).toEqual([]);
  });
});
