import {
  type ClusterVariable,
  clusterVariables,
  clusterVariablesName,
  fluxNamespace,
  karpenterName,
  karpenterNodeRoleName,
  karpenterRoleName,
} from "../../../platform/names";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { sentenceOf } from "../wording";

export const clusterVariablesSet: Check = {
  id: "variables",
  title: "variables of Flux",
  async run(snapshot) {
    const problem = await variablesProblem(snapshot);
    return problem === undefined
      ? holds(`${clusterVariables.length} in ${clusterVariablesName}`)
      : broken(
          problem,
          "somebody changed it by hand, or the bootstrap stack was not applied",
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
  },
};

async function variablesProblem(snapshot: Snapshot): Promise<string | undefined> {
  const [configMap, { endpoint, arn = "" }] = await Promise.all([
    snapshot.configMap(fluxNamespace, clusterVariablesName),
    snapshot.cluster(),
  ]);
  if (!configMap) {
    return `there is no ConfigMap ${fluxNamespace}/${clusterVariablesName}`;
  }
  const { data = {} } = configMap;
  const missing = clusterVariables.filter((name) => !data[name]);
  if (missing.length > 0) {
    return sentenceOf(missing, "is not set", "are not set");
  }
  const { settings } = snapshot;
  const { name, region, iam } = settings;
  const [, partition, , , account] = arn.split(":");
  const wanted: Partial<Record<ClusterVariable, string | undefined>> = {
    cluster_endpoint: endpoint,
    cluster_name: name,
    cluster_region: region,
    karpenter_instance_profile: karpenterNodeRoleName(settings),
    karpenter_queue_name: karpenterName(name),
    karpenter_role_arn: `arn:${partition}:iam::${account}:role${iam.path}${karpenterRoleName(settings)}`,
  };
  const wrong = Object.entries(wanted).find(([variable, value]) => data[variable] !== value);
  return wrong && `${wrong[0]} is ${data[wrong[0]]}, and the cluster's is ${wrong[1]}`;
}
