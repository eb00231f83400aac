import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";

import { renderChart } from "../../rehearsal/charts/charts";
import { type ControlPlane, startControlPlane, stopControlPlane } from "../../rehearsal/kubernetes/control-plane";
import { definitionsFolder } from "../../rehearsal/kubernetes/definitions";
import { unescaped } from "../../rehearsal/terraform/terraform-text";
import type { ClusterSettings } from "../../schema/settings";
import { platform } from "../support/synth";

const folder = mkdtempSync(join(tmpdir(), "api-server-"));
let plane: ControlPlane;

function kubectl(args: string[], input?: string): string {
  return execFileSync("kubectl", args, {
    encoding: "utf8",
    env: { ...process.env, KUBECONFIG: plane.kubeconfig },
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  });
}

/** What the API server says of each object, had it been asked to keep it; it throws what the server refuses. */
function dryRun(manifests: string): string[] {
  return kubectl(["apply", "--server-side", "--dry-run=server", "--force-conflicts", "--filename", "-"], manifests)
    .trim()
    .split("\n");
}

/** What Terraform would put in place of its references, for the looks of it. */
const samples: Record<string, string> = {
  cluster_endpoint: "https://0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com",
  cluster_host: "0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com",
};

function resolved(text: string): string {
  return text.replaceAll(
    /(?<!\$)\$\{data\.terraform_remote_state\.\w+\.outputs\.(\w+)\}/g,
    (_, output: string) => samples[output] ?? `sample-${output.replaceAll("_", "-")}`,
  );
}

/** What Flux would apply: the committed YAML with the variables of the ConfigMap filled in. */
function manifests(settings: Partial<ClusterSettings> = {}): Record<string, string> {
  const { github_repository_file: files, kubernetes_config_map_v1: maps } = platform(settings).bootstrap.resource;
  const variables: Record<string, string> = maps?.flux_variables.data;
  const filled = Object.values(files ?? {})
    .filter(({ file }) => file.endsWith(".yaml") && !file.endsWith("/kustomization.yaml"))
    .map(({ file, content }) => [
      file,
      unescaped(content).replaceAll(/\$\{(\w+)\}/g, (_: string, name: string) => resolved(variables[name] ?? "")),
    ]);
  return Object.fromEntries(filled);
}

beforeAll(async () => {
  plane = await startControlPlane({ folder, only: "api" });
  for (const owner of ["flux", "karpenter"] as const) {
    kubectl(["apply", "--server-side", "--filename", await definitionsFolder(owner)]);
  }
  // The first by Cilium's chart, the others by Terraform; a dry run makes none.
  for (const namespace of ["cilium-secrets", "flux-system", "karpenter"]) {
    kubectl(
      ["apply", "--server-side", "--filename", "-"],
      JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }),
    );
  }
});

afterAll(async () => {
  await stopControlPlane(folder);
  rmSync(folder, { recursive: true });
});

const choices: Record<string, Partial<ClusterSettings>> = {
  "the demo": {},
  "a network load balancer, a public repository and tags": {
    ingress: "nlb",
    repository: { owner: "acme", name: "clusters", access: "public" },
    tags: { Team: "platform", "cost-center": "4711", Quote: "a: b" },
  },
};

describe.each(Object.keys(choices))("with %s", (name) => {
  test("Cilium's chart takes our values, and the API server what it renders", async () => {
    const [values] = platform(choices[name]).bootstrap.resource.helm_release?.cilium.values ?? [];
    const release = { chart: "cilium", namespace: "kube-system", values: JSON.parse(resolved(values)) } as const;
    const said = dryRun(await renderChart(release));

    expect(said.filter((line) => line.startsWith("daemonset"))).toContain(
      "daemonset.apps/cilium serverside-applied (server dry run)",
    );
    expect(said).toContain("service/cilium-ingress serverside-applied (server dry run)");
  });

  test.each(Object.keys(manifests()))("the API server takes %s", (path) => {
    const applied = dryRun(manifests(choices[name])[path] ?? "");

    expect(applied.length).toBeGreaterThan(0);
    expect(applied.filter((line) => !line.endsWith("serverside-applied (server dry run)"))).toEqual([]);
  });

  test("Karpenter's chart takes the values in Git, and the API server what it renders", async () => {
    const path = "karpenter/demo-k8s-cilium/release/release.yaml";
    const { values } = parse(manifests(choices[name])[path] ?? "").spec;
    const rendered = await renderChart({ chart: "karpenter", namespace: "karpenter", values });
    const said = dryRun(rendered);

    expect(said).toContain("deployment.apps/karpenter serverside-applied (server dry run)");
    expect(rendered).toContain("eks.amazonaws.com/role-arn: sample-karpenter-role-arn");
  });
});

/** Terraform's names of a Kubernetes object's fields, as Kubernetes writes them: `service_account_name`, and lists in the singular. */
function kubernetesForm(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(kubernetesForm);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const plurals: Record<string, string> = { container: "containers", volumeMount: "volumeMounts", volume: "volumes" };
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const name = key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      return [plurals[name] ?? name, kubernetesForm(member)];
    }),
  );
}

test("the API server takes the Job that installs Flux, and finds nothing in it that the restricted profile forbids", () => {
  const { metadata, spec } = platform().bootstrap.resource.kubernetes_job_v1?.flux_installation ?? {};
  const pod = kubernetesForm(spec.template.spec) as object;
  const restricted = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "restricted", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
  };
  // Controllers would make the account, where they run.
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "restricted" } };
  for (const object of [restricted, account]) {
    kubectl(["apply", "--server-side", "--filename", "-"], JSON.stringify(object));
  }

  expect(dryRun(JSON.stringify({ apiVersion: "batch/v1", kind: "Job", metadata, spec: kubernetesForm(spec) }))).toEqual(
    ["job.batch/flux-install serverside-applied (server dry run)"],
  );
  expect(
    dryRun(
      JSON.stringify({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...metadata, namespace: "restricted" },
        spec: { ...pod, serviceAccountName: "default" },
      }),
    ),
  ).toEqual(["pod/flux-install serverside-applied (server dry run)"]);
});

test("of what Flux's artifact brings, the controllers that are not run here are left out", () => {
  const components = manifests()["clusters/demo-k8s-cilium/flux-system/gotk-components.yaml"] ?? "";
  const kustomization = parseAllDocuments(components).at(-1)?.toJS();
  const deployment = (name: string) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels: { "app.kubernetes.io/component": name } },
  });
  const controllers = ["source", "kustomize", "helm", "notification", "image-reflector", "image-automation"];
  const folder = mkdtempSync(join(tmpdir(), "platform-kustomize-"));
  try {
    const objects = [...controllers.map((name) => deployment(`${name}-controller`)), deployment("source-watcher")];
    writeFileSync(join(folder, "artifact.yaml"), objects.map((object) => JSON.stringify(object)).join("\n---\n"));
    writeFileSync(
      join(folder, "kustomization.yaml"),
      JSON.stringify({ resources: ["artifact.yaml"], patches: kustomization.spec.patches }),
    );

    const built = parseAllDocuments(kubectl(["kustomize", folder])).map((document) => document.toJS().metadata.name);
    expect(built.sort()).toEqual([
      "helm-controller",
      "kustomize-controller",
      "notification-controller",
      "source-controller",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the API server takes Karpenter's CRDs, which its chart brings along", async () => {
  expect(dryRun(await renderChart({ chart: "karpenter-crd", namespace: "karpenter", values: {} }))).toContain(
    "customresourcedefinition.apiextensions.k8s.io/nodepools.karpenter.sh serverside-applied (server dry run)",
  );
});

test("an object with an unknown field is refused, so the tests above mean something", () => {
  const pools = manifests()["karpenter/demo-k8s-cilium/nodepools/default.yaml"] ?? "";

  expect(() => dryRun(pools.replace("startupTaints", "startUpTaints"))).toThrow(/startUpTaints/);
});
