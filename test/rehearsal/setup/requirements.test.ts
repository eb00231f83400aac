import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { missingRequirements, mustHaveRequirements } from "../../../rehearsal/setup/requirements";

const environment = process.env;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "requirements-"));
  process.env = { PATH: folder, TERRAFORM_BINARY_NAME: join(folder, "terraform") };
});

afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

/** Puts programs on PATH, alone, that print this when they are asked for their version. */
function programs(printed: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(printed)) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho '${text}'\n`, { mode: 0o755 });
  }
}

const good = {
  python3: "Python 3.10.4",
  go: "go version go1.26.0 linux/amd64",
  git: "git version 2.39.5",
  terraform: "Terraform v1.11.0",
};

test("where all is there, nothing is missing", () => {
  programs(good);

  expect(missingRequirements({ needsGo: true })).toEqual([]);
});

test("all that is missing is said at once, with where to get each", () => {
  const missing = missingRequirements({ needsGo: true });

  expect(missing).toEqual([
    "Python 3.10 or newer: 'python3' is not found on PATH; https://www.python.org/downloads/, or name another in PYTHON",
    "Go 1.26 or newer: 'go' is not found on PATH; https://go.dev/dl/",
    "Git 2.31 or newer: 'git' is not found on PATH; https://git-scm.com/downloads",
    expect.stringMatching(
      /^Terraform 1\.11 \(or OpenTofu 1\.11\) or later is needed, and '\S+terraform' is not found on PATH; https:/,
    ),
  ]);
  expect(() => mustHaveRequirements({ needsGo: true })).toThrow(
    expect.objectContaining({
      exitCode: 1,
      message: ["this machine lacks what a world needs:", ...missing].join("\n  "),
    }),
  );
});

test.each([
  ["python3", "Python 3.9.18", "Python 3.10 or newer: 'python3' is version 3.9.18"],
  ["go", "go version go1.25.12 linux/amd64", "Go 1.26 or newer: 'go' is version 1.25.12"],
  ["git", "git version 2.30.2", "Git 2.31 or newer: 'git' is version 2.30.2"],
  ["terraform", "Terraform v1.10.5", "terraform' is version 1.10.5"],
  ["go", "", "'go' does not say its version"],
])("%s that says '%s' will not do", (name, printed, line) => {
  programs({ ...good, [name]: printed });

  expect(missingRequirements({ needsGo: true })).toEqual([expect.stringContaining(line)]);
});

test("Go is not asked for where nothing has to be built", () => {
  const { go, ...others } = good;
  programs(others);

  expect(missingRequirements({ needsGo: false })).toEqual([]);
});

test("a Terraform that TERRAFORM_BINARY_NAME names, and a Python that PYTHON names, will do", () => {
  const { python3, terraform, ...others } = good;
  programs({ ...others, tofu: "OpenTofu v1.12.6", "python3.13": "Python 3.13.1" });
  Object.assign(process.env, { TERRAFORM_BINARY_NAME: join(folder, "tofu"), PYTHON: "python3.13" });

  expect(missingRequirements({ needsGo: true })).toEqual([]);
});

test("a Python without virtual environments will not do", () => {
  programs(good);
  writeFileSync(join(folder, "python3"), '#!/bin/sh\n[ "$1" = --version ] || exit 1\necho Python 3.11.2\n', {
    mode: 0o755,
  });

  expect(missingRequirements({ needsGo: true })).toEqual([expect.stringContaining("'python3' has no 'venv'")]);
});
