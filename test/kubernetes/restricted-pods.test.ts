import { fluxDeployments } from "../../rehearsal/kubernetes/flux-controllers";
import { type ApiServer, startApiServer } from "../support/api-server";
import { builtFluxArtifact } from "../support/flux-artifact";
import { karpenterManifests, kubernetesForm, type Manifest, objectsOf } from "../support/manifests";
import { platform } from "../support/synth";

const { kubernetes_job_v1: jobs, kubernetes_namespace_v1: namespaces } = platform().bootstrap.resource;

let server: ApiServer;

beforeAll(async () => {
  server = await startApiServer();
  const artifact: Manifest = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "flux-system", labels: { "pod-security.kubernetes.io/warn": "restricted" } },
    spec: {},
  };
  const [flux] = builtFluxArtifact([artifact], server);
  for (const metadata of [namespaces?.karpenter.metadata, flux?.metadata]) {
    server.apply({ apiVersion: "v1", kind: "Namespace", metadata });
    // Controllers would make the account, where they run.
    const account = { name: "default", namespace: metadata.name };
    server.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: account });
  }
});

afterAll(() => server.stop());

/** Asks for a pod of a workload, as its controller would. Throws the API server's refusal. */
function makePod(namespace: string, { metadata, spec }: Pick<Manifest, "metadata" | "spec">): string[] {
  const pod = { ...spec.template.spec, serviceAccountName: "default", priorityClassName: undefined };
  return server.dryRun(
    JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: metadata.name, namespace }, spec: pod }),
  );
}

const made = (name: string) => [`pod/${name} serverside-applied (server dry run)`];

test("Karpenter's namespace takes its pods", async () => {
  const deployment = objectsOf(await karpenterManifests()).find(({ kind }) => kind === "Deployment");

  expect(makePod("karpenter", deployment as Manifest)).toEqual(made("karpenter"));
});

test("Flux's namespace takes the pods of its controllers", async () => {
  const deployments = objectsOf(await fluxDeployments());

  expect(deployments).toHaveLength(4);
  for (const deployment of deployments) {
    expect(makePod("flux-system", deployment)).toEqual(made(deployment.metadata.name));
  }
});

test("Flux's namespace takes the pod of the Job that installs Flux", () => {
  const job = kubernetesForm(jobs?.flux_installation) as Manifest;

  expect(makePod("flux-system", job)).toEqual(made("flux-install"));
});

test.each(["karpenter", "flux-system"])("%s refuses a pod that may be root", (namespace) => {
  const container = { name: "root", image: "root", securityContext: { runAsNonRoot: false } };

  expect(() =>
    makePod(namespace, { metadata: { name: "root" }, spec: { template: { spec: { containers: [container] } } } }),
  ).toThrow(/violates PodSecurity "restricted:latest"/);
});
