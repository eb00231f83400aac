import type { ClusterObject, ObjectClient, ObjectKind } from "../../kubernetes/objects";
import { deletion, kindAndName } from "../deletion";
import type { Obstacle, Step } from "../step";

/** Kinds of objects that make Flux apply something again and again. */
const suspendable: readonly ObjectKind[] = [
  { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
  { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
];

/** Does what `flux suspend kustomization --all` does: otherwise Flux puts back what goes. */
export const suspendFlux: Step = {
  id: "suspend-flux",
  title: "Suspend Flux",
  verb: "suspend",
  timeoutMinutes: 2,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const found = (await Promise.all(suspendable.map((kind) => objects.list(kind)))).flat();
    const running = found.filter(({ spec, metadata }) => spec?.["suspend"] !== true && !metadata?.deletionTimestamp);
    return running.map((object) => ({
      name: kindAndName(object),
      heldBy: undefined,
      clear: () => objects.patch(object, { spec: { suspend: true } }),
    }));
  },
};

/** Flux's release has this label. Terraform's objects in the same namespace do not. */
const partOfFlux = "app.kubernetes.io/part-of=flux";

const deployment: ObjectKind = { apiVersion: "apps/v1", kind: "Deployment" };
const resourceDefinition: ObjectKind = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
const otherKinds: readonly ObjectKind[] = [
  { apiVersion: "v1", kind: "Service" },
  { apiVersion: "v1", kind: "ServiceAccount" },
  { apiVersion: "v1", kind: "ResourceQuota" },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
];

/**
 * Does what `flux uninstall --keep-namespace` does. The controllers go first, so that none of them deletes what it has applied; then the
 * finalizers that they would have taken off; then the definitions, with all their objects.
 */
export const uninstallFlux: Step = {
  id: "uninstall-flux",
  title: "Uninstall Flux",
  verb: "delete",
  timeoutMinutes: 5,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const controllers = await objects.list(deployment, partOfFlux);
    const definitions = (await objects.list(resourceDefinition)).filter(({ metadata }) =>
      metadata?.name?.endsWith(".toolkit.fluxcd.io"),
    );
    const others = (await Promise.all(otherKinds.map((kind) => objects.list(kind, partOfFlux)))).flat();
    return [
      ...controllers.map((object) => deletion(objects, object)),
      ...(await Promise.all(definitions.map((definition) => definitionDeletion(objects, definition)))),
      ...others.map((object) => deletion(objects, object)),
    ];
  },
};

/** Kubernetes deletes a definition when the last of its objects is gone, so their finalizers are taken off. */
async function definitionDeletion(objects: ObjectClient, definition: ClusterObject): Promise<Obstacle> {
  const defined = await objects.list(definedKind(definition));
  const finalized = defined.filter(({ metadata }) => (metadata?.finalizers ?? []).length > 0);
  const clear = async () => {
    for (const object of finalized) {
      await objects.patch(object, { metadata: { finalizers: [] } });
    }
    await objects.remove(definition);
  };
  const isGoing = definition.metadata?.deletionTimestamp !== undefined && finalized.length === 0;
  const name = `${kindAndName(definition)}${defined.length > 0 ? ` with ${defined.map(kindAndName).join(", ")}` : ""}`;
  return { name, heldBy: undefined, clear: isGoing ? undefined : clear };
}

/** Returns the kind of a definition's objects, in a version that is served. */
function definedKind({ spec }: ClusterObject): ObjectKind {
  const { group, names, versions } = spec as {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
  return { apiVersion: `${group}/${versions.find(({ served }) => served)?.name}`, kind: names.kind };
}
