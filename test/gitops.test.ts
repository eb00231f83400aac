import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

import { projectFile, releasedFile } from "../constructs/project-files";
import { verifyGroup } from "../platform/names";
import { demoRelease } from "../rehearsal/life/demo-settings";
import { unescaped } from "../rehearsal/terraform/terraform-text";
import { versionsOf } from "../releases/release";
import { podsPerNode } from "../schema/instance-types";
import type { StackJson } from "./support/define";
import { platform } from "./support/synth";

const versions = versionsOf(demoRelease);

const stack = platform().bootstrap;
const withVerify = platform({ access: [{ principal: "arn:aws:iam::111122223333:role/verify", policy: "verify" }] });
const variables = Object.keys(stack.resource.kubernetes_config_map_v1?.flux_variables.data);

/** What is committed, by path; Terraform's escapes undone. */
const committed = committedBy(stack);
const committedForVerify = committedBy(withVerify.bootstrap);

function committedBy({ resource }: StackJson): Record<string, string> {
  return Object.fromEntries(
    Object.values(resource.github_repository_file ?? {}).map((file) => [file.file as string, unescaped(file.content)]),
  );
}

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  // biome-ignore lint/suspicious/noExplicitAny: every kind has its own
  readonly spec: any;
}

function objectsIn(text: string): KubernetesObject[] {
  const documents = parseAllDocuments(text);
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  return documents.map((document) => document.toJS());
}

function committedObject(path: string, kind: string): KubernetesObject {
  const object = objectsIn(committed[path] ?? "").find((candidate) => candidate.kind === kind);
  if (!object) {
    throw new Error(`no ${kind} in ${path}`);
  }
  return object;
}

const manifests = Object.keys(committed).filter(
  (path) => path.endsWith(".yaml") && !path.endsWith("kustomization.yaml"),
);

test.each(manifests)("%s holds Kubernetes objects, each with kind and name", (path) => {
  for (const object of objectsIn(committed[path] ?? "")) {
    expect(object).toMatchObject({
      apiVersion: expect.stringMatching(/^([\w.]+\/)?v\d/),
      kind: expect.stringMatching(/^[A-Z]/),
    });
    expect(object.metadata.name).toMatch(/^[a-z\d-]+$/);
  }
});

test("Flux's kinds are used at their stable versions", () => {
  const used = manifests.flatMap((path) => objectsIn(committed[path] ?? "")).map(({ apiVersion }) => apiVersion);

  expect(used.filter((version) => version.includes("fluxcd.io") && !/\/v[12]$/.test(version))).toEqual([]);
});

test("every file of gitops/ is committed byte for byte, with the versions of the cluster's release", () => {
  const sources = readdirSync("gitops", { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

  expect(sources.length).toBeGreaterThan(5);
  for (const { parentPath, name } of sources) {
    expect([...Object.values(committed), ...Object.values(committedForVerify)]).toContain(
      releasedFile(join(parentPath, name), demoRelease),
    );
  }
});

test("what verify may read is committed where somebody has that access, and changes nothing else but the page that lists the files", () => {
  const page = "clusters/demo-k8s-cilium/README.md";
  const file = "clusters/demo-k8s-cilium/verify.yaml";
  const { [page]: readme, [file]: role, ...others } = committedForVerify;

  expect({ ...others, [page]: projectFile("gitops/cluster/README.md") }).toEqual(committed);
  expect(readme?.split("\n").filter((line) => !committed[page]?.includes(line))).toEqual([
    "| `verify.yaml` | what those may read who have the access `verify` in settings.ts |",
  ]);
  expect(objectsIn(role ?? "").map(({ kind, metadata: { name } }) => [kind, name])).toEqual([
    ["ClusterRole", verifyGroup],
    ["ClusterRoleBinding", verifyGroup],
    ["ClusterRole", "platform-upgrade-checker"],
    ["ClusterRoleBinding", "platform-upgrade-checker"],
  ]);
  for (const binding of [1, 3]) {
    expect(parseAllDocuments(role ?? "")[binding]?.toJS().subjects).toEqual([
      { kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: verifyGroup },
    ]);
  }
});

test("nothing is written outside of the cluster's two folders", () => {
  for (const path of Object.keys(committed)) {
    expect(path).toMatch(/^(?:clusters|karpenter)\/demo-k8s-cilium\//);
  }
});

test("every variable that a file uses is provided, and every one provided is used", () => {
  const used = Object.values(committed).flatMap((text) =>
    [...text.matchAll(/\$\{(\w+)[^}]*\}/g)].map(([, name]) => name),
  );

  expect([...new Set(used)].sort()).toEqual([...variables].sort());
});

test("files with variables are applied by a Kustomization that fills them in", () => {
  const filled = objectsIn(committed["clusters/demo-k8s-cilium/karpenter.yaml"] ?? "").map(({ spec }) => {
    expect(spec.postBuild.substituteFrom).toContainEqual({ kind: "ConfigMap", name: "cluster-variables" });
    return spec.path.replace("./", "");
  });
  const withVariables = Object.keys(committed).filter((path) => committed[path]?.includes("${"));

  expect(withVariables.length).toBeGreaterThan(0);
  expect(withVariables.filter((path) => !filled.some((folder) => path.startsWith(`${folder}/`)))).toEqual([]);
});

test("the node pools come after Karpenter, and Karpenter stays until their nodes are gone", () => {
  const [release, pools] = objectsIn(committed["clusters/demo-k8s-cilium/karpenter.yaml"] ?? "");

  expect(pools?.spec.dependsOn).toEqual([{ name: release?.metadata.name }]);
  expect(pools?.spec).toMatchObject({ wait: true, deletionPolicy: "WaitForTermination" });
  expect(release?.spec).toMatchObject({ wait: true, deletionPolicy: "Orphan" });
});

test("whoever waits for the node pools to go waits longer than a node may take to drain", () => {
  const [, pools] = objectsIn(committed["clusters/demo-k8s-cilium/karpenter.yaml"] ?? "");
  const pool = committedObject("karpenter/demo-k8s-cilium/nodepools/default.yaml", "NodePool");
  const minutes = (duration: string) => Number(/^(\d+)m/.exec(duration)?.[1]);

  expect(minutes(pools?.spec.timeout)).toBeGreaterThan(minutes(pool.spec.template.spec.terminationGracePeriod));
});

test("a branch whose name Kubernetes' YAML would not read as a string is quoted", () => {
  const files = platform({ repository: { owner: "acme", name: "clusters", branch: "on" } }).bootstrap.resource
    .github_repository_file;

  expect(files?.files_gotk_sync.content).toContain('branch: "on"');
});

test("the versions in Git are those of the table", () => {
  const flux = committedObject("clusters/demo-k8s-cilium/flux-system/gotk-components.yaml", "OCIRepository");
  const karpenter = committedObject("karpenter/demo-k8s-cilium/release/source.yaml", "OCIRepository");
  const nodeClass = committedObject("karpenter/demo-k8s-cilium/nodepools/default.yaml", "EC2NodeClass");

  expect(flux.spec.ref.tag).toBe(`v${versions.flux}`);
  expect(karpenter.spec.ref.tag).toBe(versions.karpenter);
  expect(nodeClass.spec.amiSelectorTerms).toEqual([{ alias: `bottlerocket@v${versions.bottlerocket}` }]);
});

test("Karpenter's nodes are like those of the managed group: as many pods, the same taint until Cilium runs, no metadata for pods", () => {
  const pool = committedObject("karpenter/demo-k8s-cilium/nodepools/default.yaml", "NodePool");
  const nodeClass = committedObject("karpenter/demo-k8s-cilium/nodepools/default.yaml", "EC2NodeClass");
  const group = stack.resource.aws_eks_node_group?.system;
  const template = stack.resource.aws_launch_template?.system;

  expect(nodeClass.spec.kubelet.maxPods).toBe(podsPerNode);
  expect(pool.spec.template.spec.startupTaints).toEqual([
    { key: group.taint[0].key, value: group.taint[0].value, effect: "NoExecute" },
  ]);
  expect(pool.spec.template.spec).not.toHaveProperty("taints");
  expect(group.launch_template.id).toBe("${aws_launch_template.system.id}");
  expect(nodeClass.spec.metadataOptions.httpPutResponseHopLimit).toBe(
    template.metadata_options.http_put_response_hop_limit,
  );
});

test("the tags of Karpenter's nodes are a map once they are filled in", () => {
  const tags = stack.resource.kubernetes_config_map_v1?.flux_variables.data.karpenter_node_tags;
  const filled =
    committed["karpenter/demo-k8s-cilium/nodepools/default.yaml"]?.replaceAll("${karpenter_node_tags}", tags) ?? "";

  expect(objectsIn(filled).at(-1)?.spec.tags).toMatchObject({ Cluster: "demo-k8s-cilium" });
});

test("a public repository is read without a key", () => {
  const files = platform({ repository: { owner: "acme", name: "clusters", access: "public" } }).bootstrap.resource
    .github_repository_file;
  const [source] = objectsIn(files?.files_gotk_sync.content);

  expect(source?.spec.url).toBe("https://github.com/acme/clusters");
  expect(source?.spec).not.toHaveProperty("secretRef");
});
