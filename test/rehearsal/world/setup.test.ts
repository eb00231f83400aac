import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

test("setup says all that is missing, and begins nothing", () => {
  const cache = mkdtempSync(join(tmpdir(), "setup-"));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/run.mjs", "rehearsal/world/main.ts", "setup"],
    {
      encoding: "utf8",
      env: {
        PATH: dirname(process.execPath),
        PYTHON: "no-python",
        TERRAFORM_BINARY_NAME: "no-terraform",
        REHEARSAL_CACHE: cache,
      },
    },
  );

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^error: this machine lacks what a world needs:\n {2}Python 3\.10 or newer: 'no-python' is not/,
  );
  expect(stderr).toContain("'no-terraform' is not found on PATH");
  expect(readdirSync(cache)).toEqual([]);
  rmSync(cache, { recursive: true });
});
