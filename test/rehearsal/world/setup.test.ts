import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { kubelabs } from "../../../rehearsal/kubernetes/kubelab";

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "setup-"));
});

afterEach(() => {
  expect(readdirSync(cache)).toEqual([]);
  rmSync(cache, { recursive: true });
});

/** Runs it on a machine that has nothing. */
function setup(...words: readonly string[]) {
  return spawnSync(process.execPath, ["scripts/run.mjs", "rehearsal/world/main.ts", "setup", ...words], {
    encoding: "utf8",
    env: {
      PATH: dirname(process.execPath),
      PYTHON: "no-python",
      TERRAFORM_BINARY_NAME: "no-terraform",
      REHEARSAL_CACHE: cache,
    },
  });
}

test("setup says all that is missing, and begins nothing", () => {
  const { status, stdout, stderr } = setup();

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^error: this machine lacks what a world needs:\n {2}Python 3\.10 or newer: 'no-python' is not/,
  );
  expect(stderr).toContain("'no-terraform' is not found on PATH");
});

test("setup refuses a Kubernetes that nobody has pinned, with those that there are", () => {
  const { status, stdout, stderr } = setup("--kubernetes", "1.12");

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(`Kubernetes '1.12': there are ${[...kubelabs.keys()].join(", ")}`);
});
