import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { stackParts } from "../../platform/parts";
import { terraformProgram } from "../../platform/terraform";
import { demo } from "../../rehearsal/life/demo-settings";
import { type ClusterSettings, checkSettings } from "../../schema/settings";
import { writeStacks } from "../../stacks/platform";
import { examples } from "../support/examples";
import { platforms } from "../support/platforms";

const run = promisify(execFile);
const program = terraformProgram(process.env);
const version = execFileSync(program, ["version"], { encoding: "utf8" });

/** Terraform's diagnostics of a stack's folder: errors and warnings, none hidden. */
async function diagnostics(folder: string): Promise<string[]> {
  await run(program, ["init", "-backend=false", "-input=false", "-no-color"], { cwd: folder });
  const { stdout } = await run(program, ["validate", "-json"], { cwd: folder }).catch((failure) => failure);
  const { diagnostics: found } = JSON.parse(stdout) as {
    diagnostics: { severity: string; summary: string; detail?: string }[];
  };
  return found.map(({ severity, summary, detail = "" }) => `${severity}: ${summary}: ${detail}`);
}

const lists: Record<string, readonly ClusterSettings[]> = {
  ...Object.fromEntries(Object.entries(platforms).map(([name, settings]) => [name, [settings]])),
  ...examples,
};
/** The backend `cloud` is refused with OpenTofu. */
const accepted = Object.entries(lists).filter(
  ([, settings]) => !version.includes("OpenTofu") || settings.every(({ backend }) => backend?.type !== "cloud"),
);

test.each(accepted)("Terraform and the providers accept all stacks of '%s'", async (_, settings) => {
  const { clusters } = checkSettings(settings);
  const outdir = mkdtempSync(join(tmpdir(), "platform-validate-"));
  try {
    const { folder, count } = writeStacks(clusters, { outdir });

    const stacks = readdirSync(folder);
    const found = await Promise.all(stacks.map((stack) => diagnostics(join(folder, stack))));

    expect(found).toHaveLength(count);
    expect(found.flat()).toEqual([]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

// OpenTofu 1.12 and later takes what a `terraform` block requires for Terraform's alone, in the module as in the stack itself.
const testTerraform = version.includes("OpenTofu") ? test.skip : test;

testTerraform("a Terraform that is too old is refused in each stack", async () => {
  const outdir = mkdtempSync(join(tmpdir(), "platform-refused-"));
  try {
    const { folder: stacks } = writeStacks(checkSettings([demo]).clusters, { outdir });
    for (const part of stackParts) {
      const folder = join(stacks, `${demo.name}-${part}`);
      const { module } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
      const file = join(folder, module.terraform_version.source, "main.tf");
      writeFileSync(file, readFileSync(file, "utf8").replace('">= ', '">= 99.'));
      const init = run(program, ["init", "-backend=false", "-input=false", "-no-color"], { cwd: folder });

      await expect(init).rejects.toThrow(/Unsupported Terraform Core version/);
    }
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test("the platforms of this test turn every switch", () => {
  const clusters = Object.values(platforms).flatMap((settings) => checkSettings([settings]).clusters);
  const values = (read: (cluster: (typeof clusters)[number]) => unknown) => new Set(clusters.map(read));

  expect(values(({ backend }) => backend.type)).toEqual(new Set(["local", "s3", "cloud"]));
  expect(values(({ natGateways }) => natGateways)).toEqual(new Set(["single", "per-zone"]));
  expect(values(({ zones }) => zones?.length)).toEqual(new Set([2, 3, 4, undefined]));
  expect(values(({ clusterAuth }) => clusterAuth)).toEqual(new Set(["token", "exec"]));
  expect(values(({ ingress }) => ingress)).toEqual(new Set(["cluster-ip", "nlb"]));
  expect(values(({ repository }) => `${repository.mode} ${repository.access}`)).toEqual(
    new Set(["existing deploy-key", "existing public", "create deploy-key", "create public"]),
  );
  expect(new Set(clusters.flatMap(({ access }) => access.map(({ policy }) => policy)))).toEqual(
    new Set([undefined, "view", "edit", "admin", "verify"]),
  );
  for (const choice of [
    values(({ iam }) => iam.permissionsBoundary !== undefined),
    values(({ iam }) => iam.path !== "/"),
    values(({ iam }) => iam.namePrefix !== ""),
    values(({ access }) => access.some(({ namespaces }) => namespaces !== undefined)),
    values(({ access }) => access.some(({ groups }) => groups.length > 0)),
    values(({ endpoints }) => endpoints.length > 0),
    values(({ podCidr }) => podCidr !== undefined),
    values(({ flowLogs }) => flowLogs),
    values(({ network }) => network !== undefined),
    values(({ network }) => network?.podSubnets !== undefined),
    values(({ network, ingress }) => network !== undefined && ingress === "nlb"),
    values(({ newInAws }) => newInAws.length > 0),
    values(({ logRetentionDays }) => logRetentionDays === "never"),
    values(({ controlPlane }) => controlPlane.logTypes.length > 0),
    values(({ controlPlane }) => controlPlane.serviceCidr !== undefined),
    values(({ controlPlane }) => controlPlane.secretsKeyArn !== undefined),
    values(({ backend }) => backend.type === "s3" && backend.prefix !== undefined),
    values(({ backend }) => backend.type === "s3" && backend.kmsKeyId !== undefined),
    values(({ backend }) => backend.type === "s3" && backend.roleArn !== undefined),
    values(({ apiAccess }) => apiAccess.length > 0),
    values(({ deletionProtection }) => deletionProtection),
    values(({ deployRole }) => deployRole !== undefined),
    values(({ tags }) => Object.keys(tags).length > 0),
  ]) {
    expect(choice).toEqual(new Set([true, false]));
  }
  expect(Math.max(...Object.values(platforms).map(({ name }) => name.length))).toBe(32);
});
