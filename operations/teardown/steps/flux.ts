import type { ClusterObject, ObjectClient, ObjectKind } from "../../kubernetes/objects";
import { deletion, nameOf } from "../deletion";
import type { Step, Thing } from "../step";

/** What Flux applies again and again. */
const reconciled: readonly ObjectKind[] = [
  { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
  { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
];

/** As `flux suspend kustomization --all`: else Flux puts back what goes. */
export const suspendFlux: Step = {
  id: "suspend-flux",
  title: "Suspend Flux",
  verb: "suspend",
  timeout: 2,
  find: async ({ objects }) => {
    const found = objects ? (await Promise.all(reconciled.map((kind) => objects.list(kind)))).flat() : [];
    const running = found.filter(({ spec, metadata }) => spec?.["suspend"] !== true && !metadata?.deletionTimestamp);
    return running.map((object) => ({
      name: nameOf(object),
      held: undefined,
      act: () => objects?.patch(object, { spec: { suspend: true } }) ?? Promise.resolve(),
    }));
  },
};

/** Of Flux's release, which Terraform's objects in the same namespace are not. */
const partOfFlux = "app.kubernetes.io/part-of=flux";

const controllers: ObjectKind = { apiVersion: "apps/v1", kind: "Deployment" };
const definitions: ObjectKind = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
const others: readonly ObjectKind[] = [
  { apiVersion: "v1", kind: "Service" },
  { apiVersion: "v1", kind: "ServiceAccount" },
  { apiVersion: "v1", kind: "ResourceQuota" },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
];

/**
 * As `flux uninstall --keep-namespace`: the controllers first, so that none of them deletes what it made; then the finalizers that they
 * would have taken off; then the kinds, with every object of theirs.
 */
export const uninstallFlux: Step = {
  id: "uninstall-flux",
  title: "Uninstall Flux",
  verb: "delete",
  timeout: 5,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const running = await objects.list(controllers, partOfFlux);
    const kinds = (await objects.list(definitions)).filter(({ metadata }) =>
      metadata?.name?.endsWith(".toolkit.fluxcd.io"),
    );
    const rest = (await Promise.all(others.map((kind) => objects.list(kind, partOfFlux)))).flat();
    return [
      ...running.map((object) => deletion(objects, object)),
      ...(await Promise.all(kinds.map((kind) => kindDeletion(objects, kind)))),
      ...rest.map((object) => deletion(objects, object)),
    ];
  },
};

/** A kind goes when its last object is gone. */
async function kindDeletion(objects: ObjectClient, definition: ClusterObject): Promise<Thing> {
  const found = await objects.list(definedBy(definition));
  const held = found.filter(({ metadata }) => (metadata?.finalizers ?? []).length > 0);
  const act = async () => {
    for (const object of held) {
      await objects.patch(object, { metadata: { finalizers: [] } });
    }
    await objects.remove(definition);
  };
  const begun = definition.metadata?.deletionTimestamp !== undefined;
  const name = `${nameOf(definition)}${found.length > 0 ? ` with ${found.map(nameOf).join(", ")}` : ""}`;
  return { name, held: undefined, act: begun && held.length === 0 ? undefined : act };
}

function definedBy({ spec }: ClusterObject): ObjectKind {
  const { group, names, versions } = spec as {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
  return { apiVersion: `${group}/${versions.find(({ served }) => served)?.name}`, kind: names.kind };
}
