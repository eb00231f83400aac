import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

import { projectWith } from "./support/project";
import { demoWith } from "./support/settings";

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

/** Runs a synth through the shell, as `synth`, and returns what comes out at the end and the exit code of synth itself. */
function pipe(folder: string, command: string) {
  const synth = `synth() { "${process.execPath}" scripts/run.mjs main.ts; echo "ended with $?" >&3; }`;
  const { stdout, output } = spawnSync("bash", ["-c", `${synth}; ${command}`], {
    cwd: folder,
    encoding: "utf8",
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

test("a synth ends well and quietly when nobody reads what it prints", () => {
  const { errors, end } = pipe(project([demoWith()]), "synth | true");

  expect(errors).toBe("");
  expect(end).toBe("ended with 0\n");
});

describe("3,000 mistakes", () => {
  const folder = project([demoWith({ apiAccess: Array.from({ length: 3_000 }, (_, index) => `10.${index}`) })]);

  test("are all printed to a pipe that is read slowly", () => {
    const { stdout, end } = pipe(folder, "synth 2>&1 | (sleep 0.5; cat)");
    const [heading, ...lines] = stdout.split("\n");

    expect(heading).toBe("settings.ts has 3001 mistakes");
    expect(lines.filter((line) => line.startsWith("  clusters[0].apiAccess"))).toHaveLength(3_001);
    expect(stdout.endsWith("\n")).toBe(true);
    expect(end).toBe("ended with 1\n");
  });

  test("end quietly in a pipe that nobody reads any more, with the same exit code", () => {
    const { stdout, errors, end } = pipe(folder, "synth 2>&1 | head -1");

    expect(stdout).toBe("settings.ts has 3001 mistakes\n");
    expect(errors).toBe("");
    expect(end).toBe("ended with 1\n");
  });
});
