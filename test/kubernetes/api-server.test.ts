import { renderChart } from "../../rehearsal/charts/charts";
import { definitionsFolder } from "../../rehearsal/kubernetes/definitions";
import { newestRelease, releases } from "../../releases/all";
import type { ClusterSettings } from "../../schema/settings";
import { type ApiServer, startApiServer } from "../support/api-server";
import { builtFluxArtifact } from "../support/flux-artifact";
import {
  ciliumManifests,
  fluxManifests,
  karpenterManifests,
  kubernetesForm,
  type Manifest,
} from "../support/manifests";
import { platform } from "../support/synth";

let server: ApiServer;

beforeAll(async () => {
  server = await startApiServer();
  for (const owner of ["flux", "karpenter"] as const) {
    server.kubectl(["apply", "--server-side", "--filename", await definitionsFolder(owner)]);
  }
  // The first by Cilium's chart, the others by Terraform; a dry run makes none.
  for (const name of ["cilium-secrets", "flux-system", "karpenter"]) {
    server.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
});

afterAll(() => server.stop());

const choices: Record<string, Partial<ClusterSettings>> = {
  "the demo": {},
  ...Object.fromEntries(
    releases.filter((release) => release !== newestRelease).map(({ name }) => [`release ${name}`, { release: name }]),
  ),
  "a network load balancer, a public repository and tags": {
    ingress: "nlb",
    repository: { owner: "acme", name: "clusters", access: "public" },
    tags: { Team: "platform", "cost-center": "4711", Quote: "a: b" },
  },
};

describe.each(Object.keys(choices))("with %s", (name) => {
  test("Cilium's chart takes our values, and the API server what it renders", async () => {
    const said = server.dryRun(await ciliumManifests(choices[name]));

    expect(said.filter((line) => line.startsWith("daemonset"))).toContain(
      "daemonset.apps/cilium serverside-applied (server dry run)",
    );
    expect(said).toContain("service/cilium-ingress serverside-applied (server dry run)");
  });

  test.each(Object.keys(fluxManifests()))("the API server takes %s", (path) => {
    const applied = server.dryRun(fluxManifests(choices[name])[path] ?? "");

    expect(applied.length).toBeGreaterThan(0);
    expect(applied.filter((line) => !line.endsWith("serverside-applied (server dry run)"))).toEqual([]);
  });

  test("Karpenter's chart takes the values in Git, and the API server what it renders", async () => {
    const rendered = await karpenterManifests(choices[name]);
    const said = server.dryRun(rendered);

    expect(said).toContain("deployment.apps/karpenter serverside-applied (server dry run)");
    expect(rendered).toContain("eks.amazonaws.com/role-arn: sample-karpenter-role-arn");
  });
});

test("the API server takes the Job that installs Flux", () => {
  const { metadata, spec } = platform().bootstrap.resource.kubernetes_job_v1?.flux_installation ?? {};

  expect(
    server.dryRun(JSON.stringify({ apiVersion: "batch/v1", kind: "Job", metadata, spec: kubernetesForm(spec) })),
  ).toEqual(["job.batch/flux-install serverside-applied (server dry run)"]);
});

test("of what Flux's artifact brings, the controllers that are not run here are left out", () => {
  const deployment = (name: string): Manifest => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels: { "app.kubernetes.io/component": name } },
    spec: {},
  });
  const controllers = ["source", "kustomize", "helm", "notification", "image-reflector", "image-automation"];
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "flux-system" }, spec: {} };
  const artifact = [...controllers.map((name) => `${name}-controller`), "source-watcher"].map(deployment);

  const built = builtFluxArtifact([namespace, ...artifact], server).filter(({ kind }) => kind === "Deployment");
  expect(built.map(({ metadata }) => metadata.name).sort()).toEqual([
    "helm-controller",
    "kustomize-controller",
    "notification-controller",
    "source-controller",
  ]);
});

test.each(releases)("the API server takes Karpenter's CRDs of $name, which its chart brings along", async (release) => {
  const crds = await renderChart({ chart: "karpenter-crd", namespace: "karpenter", values: {}, release });

  expect(server.dryRun(crds)).toContain(
    "customresourcedefinition.apiextensions.k8s.io/nodepools.karpenter.sh serverside-applied (server dry run)",
  );
});

test("an object with an unknown field is refused, so the tests above mean something", () => {
  const pools = fluxManifests()["karpenter/demo-k8s-cilium/nodepools/default.yaml"] ?? "";

  expect(() => server.dryRun(pools.replace("startupTaints", "startUpTaints"))).toThrow(/startUpTaints/);
});
