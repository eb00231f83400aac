import { compareVersions } from "./compatibility";
import { type ComponentName, changedComponents, componentNames, type Release } from "./release";

/** What an upgrade to a version, or past it, asks of those who run the platform, by upstream's own notes. */
export interface UpstreamNote {
  readonly component: ComponentName;
  /** The first version that it is about, as its project writes it. */
  readonly version: string;
  /** A sentence: what to look at, or to do. */
  readonly asks: string;
  /** Where upstream says so. */
  readonly source: string;
}

/** Only what can matter here: notes on what the platform has switched off are left out. By component, the oldest first. */
export const allUpstreamNotes: readonly UpstreamNote[] = [
  {
    component: "kubernetes",
    version: "1.36",
    asks: "no served API version is removed, but volumes of type gitRepo are off for good: the API takes such a pod, and the kubelet refuses it; look for them in your workloads",
    source: 'AWS, "Review release notes for Kubernetes versions on standard support"; k8s.io/api v0.36.0',
  },
  {
    component: "kubernetes",
    version: "1.36",
    asks: "volumes get their SELinux label when they are mounted, and Bottlerocket enforces SELinux: where a privileged and an unprivileged pod share a volume, look at their seLinuxChangePolicy",
    source: 'AWS, "Review release notes for Kubernetes versions on standard support"',
  },
  {
    component: "kubernetes",
    version: "1.36",
    asks: "Bottlerocket's variant for it has Linux 6.18 instead of 6.12: see that what loads programs or modules into the kernel, as agents for security and tracing do, runs on it",
    source: "bottlerocket-os/bottlerocket, release notes of 1.61.0",
  },
  {
    component: "bottlerocket",
    version: "1.65.0",
    asks: "superpowered host containers get all capabilities; the platform starts none, so look only if nodes of yours do",
    source: "bottlerocket-os/bottlerocket, release notes of 1.65.0",
  },
  {
    component: "cilium",
    version: "1.20.2",
    asks: "five options that were ignored take effect (vtep-sync-interval, enable-xt-socket-fallback, eni-delete-on-termination with a CNI configuration of one's own, enableIdentityMark, lb-retry-backoff-max); the platform sets none, so look only if you do",
    source: "cilium/cilium#47635",
  },
  {
    component: "flux",
    version: "2.9.5",
    asks: "Secrets of spec.kubeConfig that name files of the controller's disk (certificate-authority, tokenFile, client-certificate, client-key) are refused: put what they hold inline",
    source: "fluxcd/flux2, release v2.9.5",
  },
  {
    component: "karpenter",
    version: "1.14.3",
    asks: "nothing: chart, CRDs and calls to AWS are those of 1.14.1",
    source: "aws/karpenter-provider-aws v1.14.1 and v1.14.3: charts/, pkg/aws/sdk.go",
  },
];

/** Between which versions somebody has read a part's notes for this table, and where upstream keeps them. */
interface NotesRead {
  /** @default - nobody has read any */
  readonly versions?: readonly [after: string, upTo: string];
  readonly where: string;
}

const notesRead: Readonly<Record<ComponentName, NotesRead>> = {
  kubernetes: {
    versions: ["1.35", "1.36"],
    where: "docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html",
  },
  bottlerocket: { versions: ["1.64.0", "1.67.0"], where: "github.com/bottlerocket-os/bottlerocket/releases" },
  cilium: { versions: ["1.20.1", "1.20.2"], where: "github.com/cilium/cilium/releases, and Cilium's upgrade guide" },
  coreDns: { where: "github.com/coredns/coredns/releases" },
  flux: { versions: ["2.9.4", "2.9.5"], where: "github.com/fluxcd/flux2/releases" },
  karpenter: {
    versions: ["1.14.1", "1.14.3"],
    where: "github.com/aws/karpenter-provider-aws/releases, and Karpenter's upgrade guide",
  },
};

/** Versions that a step crosses, and whose notes nobody has read here: to read before the step is taken. */
export interface UnreadNotes {
  readonly component: ComponentName;
  /** The version after which they begin: `1.20.2`. */
  readonly after: string;
  readonly upTo: string;
  /** Where upstream keeps them. */
  readonly where: string;
}

/** Returns what of a step's way upstreamNotes() can say nothing of. */
export function unreadNotes(from: Release, to: Release): readonly UnreadNotes[] {
  return changedComponents(from, to).flatMap((component) => {
    const { versions, where } = notesRead[component];
    const [before, after] = [from[component].version, to[component].version];
    const [readAfter, readUpTo] = versions ?? [after, after];
    if (compareVersions(before, readAfter) >= 0 && compareVersions(after, readUpTo) <= 0) {
      return [];
    }
    const isReadFromThere = compareVersions(before, readAfter) >= 0 && compareVersions(before, readUpTo) < 0;
    return [{ component, after: isReadFromThere ? readUpTo : before, upTo: after, where }];
  });
}

/** Returns the notes on all versions that are later than those of one release, and not later than those of another. */
export function upstreamNotes(from: Release, to: Release): readonly UpstreamNote[] {
  const crossed = allUpstreamNotes.filter(
    ({ component, version }) =>
      compareVersions(version, from[component].version) > 0 && compareVersions(version, to[component].version) <= 0,
  );
  return componentNames.flatMap((name) => crossed.filter(({ component }) => component === name));
}
