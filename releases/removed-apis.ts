import { compareVersions, minorOf } from "./compatibility";
import type { Release } from "./release";

/** A version of an API group that a version of Kubernetes or Flux no longer has. */
export interface RemovedApi {
  readonly component: "kubernetes" | "flux";
  /** The minor version that is the first without it. */
  readonly removedIn: string;
  readonly group: string;
  readonly version: string;
  /** Resources of the group, by their plural, that had this version, and in which version the API lists them before and after. */
  readonly resources: Readonly<Record<string, string>>;
  readonly source: string;
}

/** The last minor of each for which the table below is whole. */
const knownTo: Readonly<Record<RemovedApi["component"], string>> = { kubernetes: "1.37", flux: "2.9" };

const lifecycle = "kubernetes/api v0.37.2, zz_generated.prerelease-lifecycle.go";
const fluxNotes = "fluxcd.io, announcement of";

const table: readonly RemovedApi[] = [
  {
    component: "kubernetes",
    removedIn: "1.35",
    group: "storage.k8s.io",
    version: "v1alpha1",
    resources: { volumeattributesclasses: "v1" },
    source: lifecycle,
  },
  {
    component: "kubernetes",
    removedIn: "1.37",
    group: "storage.k8s.io",
    version: "v1beta1",
    resources: { volumeattributesclasses: "v1" },
    source: lifecycle,
  },
  {
    component: "kubernetes",
    removedIn: "1.37",
    group: "networking.k8s.io",
    version: "v1beta1",
    resources: { ipaddresses: "v1", servicecidrs: "v1" },
    source: lifecycle,
  },
  {
    component: "kubernetes",
    removedIn: "1.37",
    group: "certificates.k8s.io",
    version: "v1alpha1",
    resources: { clustertrustbundles: "v1beta1" },
    source: lifecycle,
  },
  {
    component: "flux",
    removedIn: "2.8",
    group: "source.toolkit.fluxcd.io",
    version: "v1beta2",
    resources: { gitrepositories: "v1", ocirepositories: "v1" },
    source: `${fluxNotes} 2.8`,
  },
  {
    component: "flux",
    removedIn: "2.8",
    group: "kustomize.toolkit.fluxcd.io",
    version: "v1beta2",
    resources: { kustomizations: "v1" },
    source: `${fluxNotes} 2.8`,
  },
  {
    component: "flux",
    removedIn: "2.8",
    group: "helm.toolkit.fluxcd.io",
    version: "v2beta2",
    resources: { helmreleases: "v2" },
    source: `${fluxNotes} 2.8`,
  },
  {
    component: "flux",
    removedIn: "2.9",
    group: "notification.toolkit.fluxcd.io",
    version: "v1beta2",
    // The platform has none; what is stored of them, their definitions say.
    resources: {},
    source: `${fluxNotes} 2.9`,
  },
  {
    component: "flux",
    removedIn: "2.9",
    group: "image.toolkit.fluxcd.io",
    version: "v1beta2",
    resources: {},
    source: `${fluxNotes} 2.9`,
  },
];

/** Returns what a release does not have, taken out with it or before. */
export function removedApis(release: Release): readonly RemovedApi[] {
  return table.filter(
    ({ component, removedIn }) => compareVersions(removedIn, minorOf(release[component].version)) <= 0,
  );
}

/** Returns the component of a release of which it is not known here what its version took out; undefined if all is known. */
export function unknownRemovals(release: Release): RemovedApi["component"] | undefined {
  const components = Object.keys(knownTo) as RemovedApi["component"][];
  return components.find((name) => compareVersions(minorOf(release[name].version), knownTo[name]) > 0);
}
