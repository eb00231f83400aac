import { parse, parseAllDocuments } from "yaml";

import { renderChart } from "../../rehearsal/charts/charts";
import { unescaped } from "../../rehearsal/terraform/terraform-text";
import { newestRelease, releaseNamed } from "../../releases/all";
import type { Release } from "../../releases/release";
import type { ClusterSettings } from "../../schema/settings";
import { platform } from "./synth";

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

/** Returns what Flux would apply, by path: the committed YAML with the variables of the ConfigMap filled in. */
export function fluxManifests(settings: Partial<ClusterSettings> = {}): Record<string, string> {
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

/** Returns what Helm would apply of Cilium, in the version of the settings' release. */
export function ciliumManifests(settings: Partial<ClusterSettings> = {}): Promise<string> {
  const [values] = platform(settings).bootstrap.resource.helm_release?.cilium.values ?? [];
  return renderChart({
    chart: "cilium",
    namespace: "kube-system",
    values: JSON.parse(resolved(values)),
    release: releaseOf(settings),
  });
}

/** Returns what Flux's Helm would apply of Karpenter, in the version of the settings' release. */
export function karpenterManifests(settings: Partial<ClusterSettings> = {}): Promise<string> {
  const { values } = parse(fluxManifests(settings)["karpenter/demo-k8s-cilium/release/release.yaml"] ?? "").spec;
  return renderChart({ chart: "karpenter", namespace: "karpenter", values, release: releaseOf(settings) });
}

function releaseOf({ release }: Partial<ClusterSettings>): Release {
  return release === undefined ? newestRelease : releaseNamed(release);
}

/** What tests look at in an object of Kubernetes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: every kind has its own
  readonly spec: any;
}

/** Returns the objects of a YAML stream. */
export function objectsOf(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => document.toJS() ?? []);
}

/** Terraform's names of fields that are lists in Kubernetes, where they are in the plural. */
const plurals: Record<string, string> = { container: "containers", volumeMount: "volumeMounts", volume: "volumes" };

/** Returns fields of a Kubernetes object with Kubernetes' names: Terraform writes `service_account_name`, and lists in the singular. */
export function kubernetesForm(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(kubernetesForm);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const name = key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      return [plurals[name] ?? name, kubernetesForm(member)];
    }),
  );
}
