import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ApiServer } from "./api-server";
import { fluxManifests, type Manifest, objectsOf } from "./manifests";

/** Returns what Flux applies of objects that its release artifact brings: with the patches of its Kustomization. */
export function builtFluxArtifact(objects: readonly Manifest[], { kubectl }: Pick<ApiServer, "kubectl">): Manifest[] {
  const components = fluxManifests()["clusters/demo-k8s-cilium/flux-system/gotk-components.yaml"] ?? "";
  const kustomization = objectsOf(components).find(({ kind }) => kind === "Kustomization");
  const folder = mkdtempSync(join(tmpdir(), "platform-kustomize-"));
  try {
    writeFileSync(join(folder, "artifact.yaml"), objects.map((object) => JSON.stringify(object)).join("\n---\n"));
    writeFileSync(
      join(folder, "kustomization.yaml"),
      JSON.stringify({ resources: ["artifact.yaml"], patches: kustomization?.spec.patches }),
    );
    return objectsOf(kubectl(["kustomize", folder]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
