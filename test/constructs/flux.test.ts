import { createHash } from "node:crypto";

import { Flux } from "../../constructs/flux";
import { fluxFiles } from "../../constructs/flux-files";
import { GitRepository, type GitRepositoryProps } from "../../constructs/git-repository";
import { newestRelease } from "../../releases/all";
import { define } from "../support/define";

function flux(access: GitRepositoryProps["access"]) {
  let committed = "";
  const { resource } = define((stack) => {
    const repository = new GitRepository(stack, "repository", {
      clusterName: "demo",
      owner: "acme",
      name: "clusters",
      branch: "main",
      mode: "existing",
      access,
    });
    const installed = new Flux(stack, "flux", {
      clusterName: "demo",
      version: "2.9.5",
      repository,
      variables: {
        cluster_endpoint: "https://example.com",
        cluster_name: "demo",
        cluster_region: "eu-central-1",
        karpenter_instance_profile: "demo-karpenter-nodes",
        karpenter_node_tags: "{}",
        karpenter_queue_name: "demo-karpenter",
        karpenter_role_arn: "arn:aws:iam::111122223333:role/demo-karpenter",
      },
      dns: { fqn: "aws_eks_addon.core_dns" },
    });
    installed.install([{ fqn: "github_repository_file.one" }, { fqn: "github_repository_file.two" }]);
    committed =
      fluxFiles({ name: "demo", release: newestRelease, access: [] }, repository).find(({ id }) => id === "gotk-sync")
        ?.content ?? "";
  });
  return { resource, committed };
}

const { resource, committed } = flux("deploy-key");

/** What Terraform makes before a resource, and destroys after it. */
function before(address: string): string[] {
  const [type = "", name = ""] = address.split(".");
  const direct: string[] = resource[type]?.[name]?.depends_on ?? [];
  return [...direct, ...direct.flatMap(before)];
}

test("when the Job starts, all that Flux reads is there", () => {
  expect(before("kubernetes_job_v1.flux_installation")).toEqual(
    expect.arrayContaining([
      "aws_eks_addon.core_dns",
      "kubernetes_namespace_v1.flux",
      "kubernetes_secret_v1.flux",
      "github_repository_deploy_key.repository",
      "kubernetes_config_map_v1.flux_variables",
      "github_repository_file.one",
      "github_repository_file.two",
    ]),
  );
});

test("Flux finds in the repository what the Job applied, so that it changes nothing of it", () => {
  const [container] = resource.kubernetes_job_v1?.flux_installation.spec.template.spec.container ?? [];

  expect(container.env).toContainEqual({ name: "SYNC", value: committed });
});

test("labels and annotations that Flux writes on its namespace are left alone", () => {
  expect(resource.kubernetes_namespace_v1?.flux.lifecycle.ignore_changes).toEqual([
    "metadata[0].annotations",
    "metadata[0].labels",
  ]);
});

test("the Secret is filled without a copy in its own state, and made anew with the key", () => {
  const secret = resource.kubernetes_secret_v1?.flux;

  expect(secret).not.toHaveProperty("data");
  expect(secret).toMatchObject({
    data_wo: { identity: "${tls_private_key.repository.private_key_openssh}" },
    // Below 1 the provider sends nothing.
    data_wo_revision: 1,
    lifecycle: { replace_triggered_by: ["tls_private_key.repository"] },
  });
});

test("Flux trusts the host keys whose fingerprints GitHub publishes", () => {
  const lines: string[] = resource.kubernetes_secret_v1?.flux.data_wo.known_hosts.split("\n");
  const fingerprints = lines.map((line) => {
    const [host, , key = ""] = line.split(" ");
    return `${host} ${createHash("sha256").update(Buffer.from(key, "base64")).digest("base64").replace(/=+$/, "")}`;
  });

  // docs.github.com, "GitHub's SSH key fingerprints": Ed25519 and ECDSA
  expect(fingerprints).toEqual([
    "github.com +DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
    "github.com p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM",
  ]);
});

test("a public repository needs neither key nor Secret", () => {
  const { resource: withoutKey } = flux("public");

  expect(withoutKey).toHaveProperty("kubernetes_job_v1");
  expect(withoutKey).not.toHaveProperty("tls_private_key");
  expect(withoutKey).not.toHaveProperty("kubernetes_secret_v1");
});

test("what changes in the variables reaches the cluster at once", () => {
  const { metadata } = resource.kubernetes_config_map_v1?.flux_variables ?? {};

  expect(metadata.labels).toHaveProperty(["reconcile.fluxcd.io/watch"], "Enabled");
});
