/** A set of versions that was rehearsed together, which a cluster has as a whole. */
export interface Release {
  /** The day on which the set was rehearsed, by which settings name it: `2026-11-25`. */
  readonly name: string;
  readonly kubernetes: Component;
  readonly bottlerocket: Component;
  readonly cilium: Component;
  /** EKS's add-on. */
  readonly coreDns: Component;
  /** Of the CLI's image, with which Flux is installed first, and of the artifact by which it then keeps itself. */
  readonly flux: Component;
  readonly karpenter: Component;
  /** By their local names. Each is of the major version of its bindings, and may be later than they are. */
  readonly providers: Readonly<Record<ProviderName, Provider>>;
  /**
   * What is known to be wrong with it, each a sentence with its source; synth warns of it.
   * @default - nothing is known
   */
  readonly faults?: readonly string[];
}

/** What a release is made of: all but its name. */
export type ReleaseParts = Omit<Release, "name">;

/** A part of the platform that has versions. */
export interface Component {
  /** As its project writes it, without `v`, but for CoreDNS's: `1.20.2`, `1.36`, `v1.14.7-eksbuild.11`. */
  readonly version: string;
  /** The day on which it came out, in EKS for Kubernetes; or what is known of that day. */
  readonly released: string;
  /** The last day of its support, the standard one of EKS for Kubernetes; or what ends it, where nobody has named a day. */
  readonly supportedUntil: string;
  /** Where that is said. */
  readonly source: string;
}

export interface Provider {
  /** Its address in the registry, as OpenTofu needs it: `hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
}

export const componentNames = ["kubernetes", "bottlerocket", "cilium", "coreDns", "flux", "karpenter"] as const;

export type ComponentName = (typeof componentNames)[number];

export type ProviderName = "aws" | "github" | "helm" | "kubernetes" | "tls";

/** How people call the parts. */
export const componentTitles: Readonly<Record<ComponentName, string>> = {
  kubernetes: "Kubernetes",
  bottlerocket: "Bottlerocket",
  cilium: "Cilium",
  coreDns: "CoreDNS",
  flux: "Flux",
  karpenter: "Karpenter",
};

/** Returns the parts of which two releases have other versions. */
export function changedComponents(from: ReleaseParts, to: ReleaseParts): ComponentName[] {
  return componentNames.filter((name) => from[name].version !== to[name].version);
}

/** Returns the providers of which two releases have other versions. */
export function changedProviders(from: ReleaseParts, to: ReleaseParts): ProviderName[] {
  return (Object.keys(to.providers) as ProviderName[]).filter(
    (name) => from.providers[name].version !== to.providers[name].version,
  );
}

/** Returns the versions alone. */
export function versionsOf(release: Release): Readonly<Record<ComponentName, string>> {
  return Object.fromEntries(componentNames.map((name) => [name, release[name].version])) as Record<
    ComponentName,
    string
  >;
}
