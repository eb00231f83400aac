import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FluxInstallation } from "../../constructs/flux-installation";
import { unescaped } from "../../rehearsal/terraform/terraform-text";
import { define } from "../support/define";

const sync = "kind: GitRepository\n";
const { resource } = define((stack) => {
  new FluxInstallation(stack, "install", { version: "2.9.5", sync, dependsOn: [{ fqn: "kubernetes_secret_v1.flux" }] });
});
const job = resource.kubernetes_job_v1?.install;
const pod = job.spec.template.spec;
const [container] = pod.container;

/** What the script calls, in a cluster whose CRDs belong to this Kustomization of Flux. */
function calls(owner: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "flux-install-"));
  try {
    for (const command of ["flux", "kubectl"]) {
      const call = `#!/bin/sh\necho ${command} "$@" >>'${folder}/calls'\n[ "$2" != crd ] || printf %s "$OWNER"\n`;
      writeFileSync(join(folder, command), call, { mode: 0o755 });
    }
    // Terraform's reading of the text.
    const script = unescaped(container.args[0]);
    const [shell, ...options] = container.command;
    execFileSync(shell, [...options, script], { env: { PATH: `${folder}:/usr/bin:/bin`, OWNER: owner, SYNC: sync } });
    return readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("Flux is installed from the manifests in its image, then follows the repository, and has read it once at the end", () => {
  const [, install, apply, wait] = calls("");

  expect(install).toMatch(/^flux install /);
  expect(install).not.toContain("--version");
  expect(apply).toMatch(/^kubectl apply --server-side /);
  expect(wait).toMatch(/kubectl .*wait kustomization\/flux-system --for=condition=Ready/);
});

test("a Flux that keeps itself is not installed again", () => {
  expect(calls("flux-components").filter((call) => call.startsWith("flux"))).toEqual([]);
});

test("an apply waits for the Job, and longer than the Job itself tries", () => {
  const minutes = Number(/^(\d+)m$/.exec(job.timeouts.create)?.[1]);

  expect(job.wait_for_completion).toBe(true);
  expect(job.spec.active_deadline_seconds).toBeLessThan(60 * minutes);
});

test("it runs once: no later plan makes it anew, for being gone or for another version of Flux", () => {
  expect(job.spec).not.toHaveProperty("ttl_seconds_after_finished");
  expect(job.lifecycle.ignore_changes).toEqual(["spec"]);
});

test("its pod is not root, changes nothing of its image, and has a home to write to", () => {
  const home = container.env.find(({ name }: { name: string }) => name === "HOME").value;

  expect(pod.security_context.run_as_non_root).toBe(true);
  // Left out, the provider sends `false`, which overrides the pod's.
  expect(container.security_context.run_as_non_root).toBe(true);
  expect(container.security_context).toMatchObject({
    allow_privilege_escalation: false,
    read_only_root_filesystem: true,
  });
  expect(container.volume_mount).toContainEqual(expect.objectContaining({ mount_path: home }));
});

test("the Job starts when its account has rights, and the account comes after what Flux will read", () => {
  expect(job.depends_on).toEqual(["kubernetes_cluster_role_binding_v1.install"]);
  expect(resource.kubernetes_cluster_role_binding_v1?.install.depends_on).toEqual([
    "kubernetes_service_account_v1.install",
  ]);
  expect(resource.kubernetes_service_account_v1?.install.depends_on).toEqual(["kubernetes_secret_v1.flux"]);
});
