import type { ResourceChange } from "../../terraform/plan/plan";
import { isObject, member, type Value, type ValueObject } from "../../terraform/plan/value";
import { withFluxObjects } from "./flux-files";
import { helmValues } from "./helm-values";
import { asObjectChange } from "./kubernetes-objects";

/**
 * Returns changes as rules judge them: with texts parsed, and with Kubernetes objects in place of the resources and files that hold them.
 * @param versions - of Kubernetes, by the cluster that is going to have it
 */
export function judgedChanges(
  changes: readonly ResourceChange[],
  versions: ReadonlyMap<string, Value> = new Map(),
): readonly ResourceChange[] {
  const judged = changes.map((change) => {
    switch (change.type) {
      case "helm_release":
        return { ...change, before: readableRelease(change.before), after: readableRelease(change.after) };
      case "aws_eks_node_group":
        return { ...change, after: withClusterVersion(change.after, versions) };
      default:
        return asObjectChange(change);
    }
  });
  return withFluxObjects(judged);
}

/** Returns the versions of Kubernetes that clusters are going to have, by their names. */
export function clusterVersions(changes: readonly ResourceChange[]): ReadonlyMap<string, Value> {
  const clusters = changes.filter(({ type, action }) => type === "aws_eks_cluster" && action !== "delete");
  return new Map(clusters.map(({ after }) => [String(member(after, "name")), member(after, "version")]));
}

function withClusterVersion(group: Value, versions: ReadonlyMap<string, Value>): Value {
  const version = versions.get(String(member(group, "cluster_name")));
  return isObject(group) && version !== undefined ? { ...group, cluster_version: version } : group;
}

/** Returns a Helm release with its values merged, its chart's name, and the host that the chart comes from. */
function readableRelease(release: Value): Value {
  if (!isObject(release)) {
    return release;
  }
  const { chart } = release;
  const name =
    typeof chart === "string" ? chart.replace(/^.*\/(?=.)/, "").replace(/-v?\d+\.[\w.+-]*\.tgz$/, "") : chart;
  return {
    ...release,
    ...(name === undefined ? {} : { chart: name }),
    values: helmValues(release),
    host: chartHost(release),
  };
}

/** Returns the host of a chart's repository or registry, as in `https://helm.cilium.io`; null for a chart in a folder. */
function chartHost(release: ValueObject): Value {
  const name = String(release["chart"]).replace(/^.*\/(?=.)/, "");
  const [place] = [release["repository"], release["chart"]].flatMap((one) => {
    const [, scheme, rest = ""] = /^(https?|oci):\/\/(?:[^/@]*@)?(.+)/.exec(String(one)) ?? [];
    // A registry is many people's: there the folder says whose the chart is.
    return scheme === undefined
      ? []
      : `${scheme}://${scheme === "oci" ? rest.replace(`/${name}`, "").replace(/\/+$/, "") : rest.replace(/\/.*/, "")}`;
  });
  return place ?? null;
}
