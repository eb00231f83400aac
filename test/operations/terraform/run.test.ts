import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { requiredTerraform, runTerraform } from "../../../operations/terraform/run";

const folder = mkdtempSync(join(tmpdir(), "required-terraform-"));
const program = join(folder, "tofu");
const named = process.env["TERRAFORM_BINARY_NAME"];

afterAll(() => {
  rmSync(folder, { recursive: true });
  if (named === undefined) {
    delete process.env["TERRAFORM_BINARY_NAME"];
  } else {
    process.env["TERRAFORM_BINARY_NAME"] = named;
  }
});

/** What is required of a program that prints this version, for stacks of a backend. */
function required(version: string, backend: string): Promise<string> {
  writeFileSync(program, `#!/bin/sh\necho '${version}\non linux_amd64'\n`);
  chmodSync(program, 0o755);
  process.env["TERRAFORM_BINARY_NAME"] = program;
  return requiredTerraform(backend);
}

test.each([
  ["Terraform v1.11.0", "local"],
  ["Terraform v1.11.0", "s3"],
  ["Terraform v1.11.0", "cloud"],
  ["OpenTofu v1.11.0", "local"],
  ["OpenTofu v1.12.6-dev", "s3"],
])("%s will do for the backend '%s'", async (version, backend) => {
  expect(await required(version, backend)).toBe(program);
});

const either = "Terraform 1.11 (or OpenTofu 1.11) or later is needed";
const terraform = "for backend 'cloud', Terraform 1.11 or later is needed";

test.each([
  ["Terraform v1.10.5", "local", `${either}, and '${program}' is version 1.10.5`],
  ["OpenTofu v1.10.9", "s3", `${either}, and '${program}' is version 1.10.9`],
  ["OpenTofu v1.12.6", "cloud", `${terraform}, and '${program}' is OpenTofu`],
])("%s is refused for the backend '%s'", async (version, backend, message) => {
  await expect(required(version, backend)).rejects.toMatchObject({
    message,
    next: "install it, or name its program in TERRAFORM_BINARY_NAME",
  });
});

test("in a world, Terraform is not started in a stack whose state the world does not keep", () => {
  process.env["REHEARSAL_WORLD"] = "/tmp/world";
  const { signal } = new AbortController();
  const start = () => runTerraform({ program, stack: "production-network" }, ["plan"], { signal });

  try {
    expect(start).toThrow("the world in /tmp/world knows no stack production-network");
  } finally {
    delete process.env["REHEARSAL_WORLD"];
  }
});
