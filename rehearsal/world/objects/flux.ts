import { parseAllDocuments } from "yaml";
import { versions } from "../../../platform/versions";
import { pinOf, upstreamPins } from "../../setup/upstream-files";
import type { Facts } from "../facts";
import type { KubernetesObject } from "../kubectl";
import { condition, minutesAgo } from "./status";

const namespace = "flux-system";

/** Returns the version of a controller whose definitions are taken from its module. */
const pinned = (name: string) => pinOf({ module: `github.com/fluxcd/${name}`, pinnedIn: upstreamPins }).version;

/** The controllers of this version of Flux (its release notes). */
const controllers = (): Readonly<Record<string, string>> => ({
  "source-controller": pinned("source-controller"),
  "kustomize-controller": pinned("kustomize-controller"),
  "helm-controller": pinned("helm-controller"),
  "notification-controller": "v1.9.4",
});

/** What Flux's release artifact brings, of which Flux keeps itself. */
export function fluxControllers(): KubernetesObject[] {
  return Object.entries(controllers()).map(([name, version]) => {
    const labels = { app: name, "app.kubernetes.io/component": name, "app.kubernetes.io/part-of": "flux" };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace, labels: { ...labels, "app.kubernetes.io/version": `v${versions.flux}` } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: "manager", image: `ghcr.io/fluxcd/${name}:${version}` }] },
        },
      },
    };
  });
}

/** All that Flux applies of the repository, with its variables filled in and the status of a cluster in which all went well. */
export function followed({ files, variables, head, cluster }: Facts): KubernetesObject[] {
  return Object.entries(files)
    .filter(([path]) => path.endsWith(".yaml") && !path.endsWith("/kustomization.yaml"))
    .flatMap(([, text]) =>
      parseAllDocuments(text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? "")),
    )
    .map((document): KubernetesObject => document.toJS())
    .map((object) => {
      const revision = `${cluster.repository.branch}@sha1:${head}`;
      const status = statuses[object.kind]?.(object, revision);
      return status === undefined ? object : { ...object, status };
    });
}

const digest = `sha256:${"5f".repeat(32)}`;

function artifact(revision: string): object {
  return {
    digest,
    lastUpdateTime: minutesAgo(),
    path: "artifact.tar.gz",
    revision,
    url: "http://source-controller.flux-system.svc.cluster.local./artifact.tar.gz",
  };
}

function ready(reason: string, message: string): object[] {
  return [condition("Ready", "True", reason, message)];
}

/** What Flux's controllers write. Karpenter's objects are in another file. */
const statuses: Readonly<Record<string, (object: KubernetesObject, revision: string) => object>> = {
  GitRepository: (_, revision) => ({
    observedGeneration: 1,
    artifact: artifact(revision),
    conditions: ready("Succeeded", `stored artifact for revision '${revision}'`),
  }),
  OCIRepository: ({ spec }) => {
    const revision = `${tagOf(spec)}@${digest}`;
    return {
      observedGeneration: 1,
      artifact: artifact(revision),
      conditions: ready("Succeeded", `stored artifact for digest '${revision}'`),
    };
  },
  Kustomization: ({ spec }, revision) => {
    const applied = sourceKind(spec) === "OCIRepository" ? `v${versions.flux}@${digest}` : revision;
    return {
      observedGeneration: 1,
      lastAppliedRevision: applied,
      lastAttemptedRevision: applied,
      conditions: ready("ReconciliationSucceeded", `Applied revision: ${applied}`),
    };
  },
  HelmRelease: ({ metadata }) => ({
    observedGeneration: 1,
    lastAttemptedRevision: chartVersion,
    history: [released(metadata.name, metadata.namespace)],
    conditions: ready(
      "InstallSucceeded",
      `Helm install succeeded for release ${metadata.namespace}/${metadata.name}.v1`,
    ),
  }),
};

/** helm-controller appends the digest of the artifact. */
const chartVersion = `${versions.karpenter}+5f5f5f5f5f5f`;

/** A release in a HelmRelease's history. */
export function released(name: string, namespace: string | undefined, version = chartVersion): object {
  return {
    chartName: name,
    chartVersion: version,
    configDigest: digest,
    digest,
    firstDeployed: minutesAgo(),
    lastDeployed: minutesAgo(),
    name,
    namespace,
    status: "deployed",
    version: 1,
  };
}

function tagOf(spec: unknown): string {
  return (spec as { ref: { tag: string } }).ref.tag;
}

function sourceKind(spec: unknown): string {
  return (spec as { sourceRef: { kind: string } }).sourceRef.kind;
}
