import type { GoProgram } from "../setup/go-program";
import { pinOf } from "../setup/upstream-files";

const folder = "rehearsal/kubernetes/kubelab";

/** The program that is etcd, all servers of a control plane, kwok and kubectl, by its first argument. */
export const kubelab: GoProgram = {
  name: "kubelab",
  title: "the control plane",
  folder,
  variable: "KUBELAB",
  variables: kubernetesVersion(),
};

/** Returns what Kubernetes' own builds set. Otherwise the API server would say that it is `v0.0.0-master`, which no client can read. */
function kubernetesVersion(): Record<string, string> {
  const { version } = pinOf({ module: "k8s.io/kubernetes", pinnedIn: folder });
  const [gitMajor = "", gitMinor = ""] = version.replace("v", "").split(".");
  const values = Object.entries({ gitVersion: version, gitMajor, gitMinor });
  const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
  return Object.fromEntries(packages.flatMap((name) => values.map(([key, value]) => [`${name}.${key}`, value])));
}
