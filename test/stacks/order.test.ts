import { comesAfter, graphOf } from "../support/graph";
import { platform } from "../support/synth";

const graph = graphOf(platform().bootstrap);
const cilium = "helm_release.cilium";
const nodes = "aws_eks_node_group.system";
const dns = "aws_eks_addon.core_dns";
const job = "kubernetes_job_v1.flux_installation";
const files = [...graph.keys()].filter((address) => address.startsWith("github_repository_file."));

test("Cilium comes before the nodes, and waits for nothing that runs on them", () => {
  expect(comesAfter(graph, nodes, cilium)).toBe(true);
  expect(comesAfter(graph, cilium, nodes)).toBe(false);
});

test("DNS comes after the nodes", () => {
  expect(comesAfter(graph, dns, nodes)).toBe(true);
});

test("Flux is installed last: with DNS, its key, its variables, Karpenter's namespace and every file in place", () => {
  const before = [
    dns,
    "kubernetes_secret_v1.flux",
    "kubernetes_config_map_v1.flux_variables",
    "kubernetes_namespace_v1.karpenter",
    "github_repository_deploy_key.repository",
    ...files,
  ];

  expect(files.length).toBeGreaterThan(5);
  expect(before.filter((address) => !comesAfter(graph, job, address))).toEqual([]);
});

test("on destroy, what Flux and Karpenter keep is emptied while there are nodes", () => {
  for (const namespace of ["kubernetes_namespace_v1.flux", "kubernetes_namespace_v1.karpenter"]) {
    expect(comesAfter(graph, namespace, nodes)).toBe(true);
  }
});

test("files are committed one after the other, the one that names Karpenter's folders after them", () => {
  const follows = (later: string, earlier: string) =>
    comesAfter(graph, `github_repository_file.files_${later}`, `github_repository_file.files_${earlier}`);

  for (const file of files) {
    expect(files.filter((other) => comesAfter(graph, file, other) || comesAfter(graph, other, file))).toHaveLength(
      files.length - 1,
    );
  }
  expect(follows("karpenter", "karpenter_release_release")).toBe(true);
  expect(follows("karpenter", "karpenter_nodepools_default")).toBe(true);
  expect(follows("kustomization", "gotk_sync")).toBe(true);
  expect(follows("kustomization", "gotk_components")).toBe(true);
});

test("an ephemeral token, not one in the state, opens the cluster", () => {
  expect([...(graph.get("provider.helm") ?? [])]).toContain("module.cluster_token");
});
