import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { minorOf } from "../../releases/compatibility";
import type { GoProgram } from "../setup/go-program";
import { pinOf } from "../setup/upstream-files";

const folder = "rehearsal/kubernetes/kubelab";

/** Minors of Kubernetes before the newest: each has its `go.mod` and `go.sum` in a folder of its name, and `main.go` with all others. */
const olderMinors = ["1.35"];

/** The program that is etcd, all servers of a control plane, kwok and kubectl, by its first argument: of the newest Kubernetes. */
export const kubelab: GoProgram = {
  name: "kubelab",
  title: "the control plane",
  folder,
  variable: "KUBELAB",
  variables: versionVariables(pinnedVersion(folder)),
};

/** The minor of Kubernetes that `kubelab` is of: `1.36`. */
export const newestMinor = minorOf(pinnedVersion(folder));

/** The same program of each minor of Kubernetes that there is, the newest first. */
export const kubelabs: ReadonlyMap<string, GoProgram> = new Map([
  [newestMinor, kubelab],
  ...olderMinors.map((minor) => [minor, olderProgram(minor)] as const),
]);

/**
 * Returns the program of a minor of Kubernetes.
 * @param minor - `1.35`
 * @throws CommandError if there is none
 */
export function kubelabOf(minor: string): GoProgram {
  const program = kubelabs.get(minor);
  if (program === undefined) {
    throw new CommandError(
      `there is no control plane of Kubernetes '${minor}': there are ${[...kubelabs.keys()].join(", ")}`,
      {
        next: `name one of them; another needs a go.mod in ${folder}`,
      },
    );
  }
  return program;
}

function olderProgram(minor: string): GoProgram {
  const moduleFolder = join(folder, minor);
  const variables = versionVariables(pinnedVersion(moduleFolder));
  return { name: "kubelab", title: `the control plane of Kubernetes ${minor}`, folder, moduleFolder, variables };
}

/** Returns the version of Kubernetes that a `go.mod` names, without `v`. */
function pinnedVersion(pinnedIn: string): string {
  return pinOf({ module: "k8s.io/kubernetes", pinnedIn }).version.slice(1);
}

/** Returns what Kubernetes' own builds set. Otherwise the API server would say that it is `v0.0.0-master`, which no client can read. */
function versionVariables(version: string): Record<string, string> {
  const [gitMajor = "", gitMinor = ""] = version.split(".");
  const values = Object.entries({ gitVersion: `v${version}`, gitMajor, gitMinor });
  const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
  return Object.fromEntries(packages.flatMap((name) => values.map(([key, value]) => [`${name}.${key}`, value])));
}
