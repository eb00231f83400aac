import { spawnSync } from "node:child_process";

import { clusters } from "../../settings";

const [{ name = "" } = {}] = clusters;

function rehearse(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/run.mjs", "rehearsal/life/main.ts", ...words],
    { encoding: "utf8", env: { PATH: process.env["PATH"], HOME: "/nonexistent", ...environment } },
  );
  return { code: status, output: stdout, errors: stderr };
}

test("a cluster has to be named, and is never taken for granted", () => {
  expect(rehearse([])).toEqual({
    code: 1,
    output: "",
    errors: `error: name a cluster: settings.ts has ${clusters.map((cluster) => cluster.name).join(", ")}\n  next: npm run rehearse -- ${name}\n`,
  });
});

test("a scenario is no cluster, and has one of its own", () => {
  expect(rehearse(["demo"]).errors).toBe(
    "error: settings.ts has no cluster 'demo'; it is a scenario\n  next: npm run rehearse -- --scenario demo\n",
  );
  for (const words of [
    [name, "--scenario", "demo"],
    ["--keep", "--scenario", "demo"],
  ]) {
    expect(rehearse(words)).toMatchObject({
      code: 1,
      output: "",
      errors: expect.stringMatching(/^error: a scenario has/),
    });
  }
  expect(rehearse(["--scenario", "demo", name]).errors).toContain(
    `argument '${name}' is invalid. Allowed choices are demo`,
  );
});

test("without a Terraform that will do, nothing is started", () => {
  const { code, output, errors } = rehearse([name], { TERRAFORM_BINARY_NAME: "no-terraform" });

  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toMatch(/^error: Terraform .*'no-terraform' is not found on PATH\n {2}next: /);
});
