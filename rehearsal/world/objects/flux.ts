import { parseAllDocuments } from "yaml";
import { releaseNamed } from "../../../releases/all";
import type { Release } from "../../../releases/release";
import { fluxControllerNames } from "../../kubernetes/flux-controllers";
import { pinOf, upstreamPins } from "../../setup/upstream-files";
import type { Facts } from "../facts";
import type { KubernetesObject } from "../kubectl";
import { condition, minutesAgo } from "./status";

const namespace = "flux-system";

/** Returns the version of a controller in a release's version of Flux. */
function pinned(name: string, release: Release): string {
  return pinOf({ module: `github.com/fluxcd/${name}`, pinnedIn: upstreamPins(release) }).version;
}

/** What Flux's release artifact brings, of which Flux keeps itself. */
export function fluxControllers(release: Release): KubernetesObject[] {
  return fluxControllerNames.map((name) => {
    const labels = { app: name, "app.kubernetes.io/component": name, "app.kubernetes.io/part-of": "flux" };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace, labels: { ...labels, "app.kubernetes.io/version": `v${release.flux.version}` } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: "manager", image: `ghcr.io/fluxcd/${name}:${pinned(name, release)}` }] },
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
      const status = statuses[object.kind]?.(object, { revision, release: releaseNamed(cluster.release) });
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

/** What Flux has read. */
interface State {
  /** Of the repository. */
  readonly revision: string;
  readonly release: Release;
}

/** What Flux's controllers write. Karpenter's objects are in another file. */
const statuses: Readonly<Record<string, (object: KubernetesObject, state: State) => object>> = {
  GitRepository: (_, { revision }) => ({
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
  Kustomization: ({ spec }, { revision, release }) => {
    const applied = sourceKind(spec) === "OCIRepository" ? `v${release.flux.version}@${digest}` : revision;
    return {
      observedGeneration: 1,
      lastAppliedRevision: applied,
      lastAttemptedRevision: applied,
      conditions: ready("ReconciliationSucceeded", `Applied revision: ${applied}`),
    };
  },
  HelmRelease: ({ metadata }, { release }) => {
    // helm-controller appends the digest of the artifact.
    const chartVersion = `${release.karpenter.version}+5f5f5f5f5f5f`;
    return {
      observedGeneration: 1,
      lastAttemptedRevision: chartVersion,
      history: [released(metadata.name, metadata.namespace, chartVersion)],
      conditions: ready(
        "InstallSucceeded",
        `Helm install succeeded for release ${metadata.namespace}/${metadata.name}.v1`,
      ),
    };
  },
};

/** A release in a HelmRelease's history. */
export function released(name: string, namespace: string | undefined, version: string): object {
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
