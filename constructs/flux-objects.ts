import { Document, stringify, visit } from "yaml";

import { clusterVariablesName, fluxNamespace, kustomizations } from "../platform/names";
import type { GitRepository } from "./git-repository";

const syncName = kustomizations.sync;

const sourceRef = { kind: "GitRepository", name: syncName };

/** Returns the objects that make Flux follow the repository, as `flux bootstrap` would write them. */
export function syncObjects(clusterName: string, { url, branch, credentials }: GitRepository): object[] {
  return [
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: syncName, namespace: fluxNamespace },
      spec: { interval: "1m0s", ref: { branch }, ...(credentials ? { secretRef: { name: syncName } } : {}), url },
    },
    {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: syncName, namespace: fluxNamespace },
      spec: { interval: "10m0s", path: `./clusters/${clusterName}`, prune: true, sourceRef },
    },
  ];
}

/** Returns Kustomizations of Karpenter and, once it runs, of its node pools: their kinds are unknown before. */
export function karpenterObjects(clusterName: string): object[] {
  const kustomization = (name: string, folder: string, more: object) => ({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: fluxNamespace },
    spec: {
      interval: "5m0s",
      retryInterval: "1m0s",
      timeout: "10m0s",
      path: `./karpenter/${clusterName}/${folder}`,
      prune: true,
      wait: true,
      sourceRef,
      postBuild: { substituteFrom: [{ kind: "ConfigMap", name: clusterVariablesName }] },
      ...more,
    },
  });
  return [
    // Without Karpenter, the finalizers of node pools and nodes would hold them for ever; and dependsOn orders no deletions
    // (fluxcd/kustomize-controller#301). So it stays when its Kustomization goes, until somebody takes it away.
    kustomization(kustomizations.karpenter, "release", { deletionPolicy: "Orphan" }),
    kustomization(kustomizations.nodePools, "nodepools", {
      dependsOn: [{ name: kustomizations.karpenter }],
      deletionPolicy: "WaitForTermination",
      // A node may take half an hour to drain (terminationGracePeriod), and after the timeout nobody waits.
      timeout: "45m0s",
    }),
  ];
}

/** Prints several objects as YAML, with quotes around what Kubernetes, whose YAML is 1.1, would not read as a string (`on`, `1_000`). */
export function yamlText(objects: readonly object[]): string {
  return objects.map((object) => `---\n${documentText(object)}`).join("");
}

const style = { lineWidth: 0, compat: "yaml-1.1" } as const;

function documentText(object: object): string {
  const document = new Document(object, style);
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === "string" && isPlain(scalar.value) && !isPlain(simplified(scalar.value))) {
        scalar.type = "QUOTE_DOUBLE";
      }
    },
  });
  return document.toString(style);
}

/** Returns a text as the library knows numbers: Kubernetes' parser reads `0X1F`, `+0b1` and `0o1_7`, too. */
function simplified(text: string): string {
  return text.toLowerCase().replace(/^[-+]/, "").replaceAll("_", "");
}

/** Returns whether the library would write a text without quotes. */
function isPlain(text: string): boolean {
  return stringify(text, style) === `${text}\n`;
}
