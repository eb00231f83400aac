import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { stateOwnerAddress } from "../../platform/state-owner";
import { terraformProgram } from "../../platform/terraform";
import type { ClusterSettings } from "../../schema/settings";
import { platform } from "../support/synth";

const run = promisify(execFile);
const program = terraformProgram(process.env);
const folder = mkdtempSync(join(tmpdir(), "state-owner-"));

const one: Partial<ClusterSettings> = { backend: { type: "s3", bucket: "acme-state" } };
const other: Partial<ClusterSettings> = { ...one, repository: { owner: "acme", name: "other" } };

afterAll(() => rmSync(folder, { recursive: true }));

/** Has Terraform do something to the owner of the network stack's state alone, which needs no AWS, as these settings make it. */
async function terraform(settings: Partial<ClusterSettings>, ...words: string[]): Promise<string> {
  const { terraform_data } = platform(settings).network.resource;
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ resource: { terraform_data } }));
  const { stdout, stderr } = await run(program, [...words, "-no-color"], { cwd: folder }).catch((failed) => failed);
  // Terraform breaks its lines at the width of a terminal.
  return `${stdout}${stderr}`.replaceAll(/\s+/g, " ");
}

const named = (repository: string) =>
  `the cluster in eu-central-1 of account 111122223333 with Flux repository acme/${repository}`;

test("over a state of one project, the plan of another ends with both named, until it is taken over", async () => {
  await terraform(one, "init");
  expect(await terraform(one, "apply", "-auto-approve")).toContain("Resources: 1 added");
  expect(await terraform(one, "plan")).toContain("No changes");

  const refused = await terraform(other, "plan");
  expect(refused).toContain("Resource postcondition failed");
  expect(refused).toContain(
    `s3://acme-state/demo-k8s-cilium/network.tfstate is the state of ${named("demo-k8s-cilium-flux")}, and settings.ts describes ${named("other")}. If these are two clusters, give one of them another backend.prefix.`,
  );
  expect(await terraform(one, "plan")).toContain("No changes");

  const takenOver = await terraform(other, "apply", "-auto-approve", `-replace=${stateOwnerAddress}`);
  expect(takenOver).toContain("1 added, 0 changed, 1 destroyed");
  expect(await terraform(other, "plan")).toContain("No changes");
  expect(await terraform(one, "plan")).toContain("Resource postcondition failed");

  expect(await terraform(other, "destroy", "-auto-approve")).toContain("Resources: 1 destroyed");
});

test("the case of a repository's name tells no projects apart", async () => {
  await terraform(one, "apply", "-auto-approve");
  const shouting = { ...one, repository: { owner: "Acme", name: "Demo-K8s-Cilium-Flux" } };

  expect(await terraform(shouting, "plan")).toContain("No changes");
});
