import { type ComponentName, componentTitles, type ProviderName, type Release } from "./release";

/** What an upstream project says of one minor version of its own. */
interface Compatibility {
  /** Minors of Kubernetes, from the lowest to the highest that it is tested on. */
  readonly kubernetes: readonly [lowest: string, highest: string];
  readonly source: string;
}

/** By component and its minor version. */
const table: Readonly<Partial<Record<ComponentName, Readonly<Record<string, Compatibility>>>>> = {
  cilium: {
    "1.19": { kubernetes: ["1.32", "1.35"], source: "Cilium 1.19, Documentation/network/kubernetes/compatibility.rst" },
    "1.20": { kubernetes: ["1.33", "1.36"], source: "Cilium 1.20, Documentation/network/kubernetes/compatibility.rst" },
  },
  flux: {
    "2.8": { kubernetes: ["1.33", "1.35"], source: "fluxcd.io, announcement of 2.8" },
    "2.9": { kubernetes: ["1.34", "1.36"], source: "fluxcd.io, announcement of 2.9" },
  },
  karpenter: {
    "1.13": { kubernetes: ["1.26", "1.36"], source: "Karpenter 1.13, pkg/providers/version/version.go" },
    "1.14": { kubernetes: ["1.26", "1.36"], source: "Karpenter 1.14, pkg/providers/version/version.go" },
    "1.15": { kubernetes: ["1.26", "1.37"], source: "Karpenter 1.15, pkg/providers/version/version.go" },
  },
};

/** Bottlerocket's first release for a minor of Kubernetes (its release notes); none before has it. */
const firstBottlerocket: Readonly<Record<string, string>> = { "1.35": "1.53.0", "1.36": "1.61.0", "1.37": "1.66.0" };

/** Versions of the providers that the bindings in package.json were made of. */
export const bindings: Readonly<Record<ProviderName, string>> = {
  aws: "6.25.0",
  github: "6.9.0",
  helm: "3.1.1",
  kubernetes: "2.38.0",
  tls: "4.1.0",
};

/** Returns a sentence for each two parts of a release that upstream does not support together; each goes on after the release's name. */
export function incompatibilities(release: Release): string[] {
  return [...componentProblems(release), ...bottlerocketProblems(release), ...providerProblems(release)];
}

/** Returns what of a release would be at odds with another Kubernetes than its own: what runs while only the control plane is upgraded. */
export function componentProblems(release: Release, kubernetes = release.kubernetes.version): string[] {
  return (Object.keys(table) as ComponentName[]).flatMap((component) => {
    const { version } = release[component];
    const title = `${componentTitles[component]} ${version}`;
    const known = table[component]?.[minorOf(version)];
    if (known === undefined) {
      return [
        `has ${title}, of which releases/compatibility.ts does not say what Kubernetes it is tested on; add what upstream says`,
      ];
    }
    const [lowest, highest] = known.kubernetes;
    return compareVersions(kubernetes, lowest) >= 0 && compareVersions(kubernetes, highest) <= 0
      ? []
      : [
          `has ${title}, which is tested on Kubernetes ${lowest} to ${highest} (${known.source}), and not on ${kubernetes}; take another release`,
        ];
  });
}

/** The same of the system of nodes: Karpenter's are replaced as soon as the control plane has the other Kubernetes. */
export function bottlerocketProblems(
  { bottlerocket, ...release }: Release,
  kubernetes = release.kubernetes.version,
): string[] {
  const first = firstBottlerocket[kubernetes];
  if (first === undefined) {
    return [
      `has Kubernetes ${kubernetes}, of which releases/compatibility.ts does not say since when Bottlerocket has it; add what upstream says`,
    ];
  }
  return compareVersions(bottlerocket.version, first) >= 0
    ? []
    : [
        `has Bottlerocket ${bottlerocket.version}, which has no Kubernetes ${kubernetes}: ${first} is the first that does; take another release`,
      ];
}

function providerProblems({ providers }: Release): string[] {
  return (Object.keys(bindings) as ProviderName[])
    .filter((name) => majorOf(providers[name].version) !== majorOf(bindings[name]))
    .map(
      (name) =>
        `has version ${providers[name].version} of the provider ${name}, whose bindings are of ${bindings[name]}, without what another major version takes; take another release, or bindings of that version`,
    );
}

/** Returns `1.20` of `1.20.2`. */
export function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** Returns how many minor versions a version is ahead of another; NaN if they have not the same major version. */
export function minorsBetween(one: string, other: string): number {
  const [before, after] = [one, other].map((version) => Number(version.split(".")[1]));
  return majorOf(one) === majorOf(other) ? (after ?? Number.NaN) - (before ?? Number.NaN) : Number.NaN;
}

function majorOf(version: string): string {
  return version.split(".")[0] ?? "";
}

/** Returns a number below, of or above zero, as the first version is before, the same as or after the second. */
export function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
