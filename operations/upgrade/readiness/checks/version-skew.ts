import type { Release } from "../../../../releases/release";
import { broken, type Check, holds } from "../../../verify/check";
import { allowedSkew, minorNumber } from "../../../verify/checks/node-health";
import { describeNodeGroup, reviewInvocation, verifyInvocation } from "../../../verify/next-commands";
import { stayingNodesOrThrow } from "../../../verify/staying-nodes";
import { counted, namesText } from "../../../verify/wording";
import { targetOf } from "../target";

/** @param next - the release that is ahead; undefined if there is none */
export function kubeletSkew(next: Release | undefined): Check {
  return {
    id: "kubelet-skew",
    title: "kubelets and the target",
    async run(snapshot) {
      const [nodes, { release, running }] = await Promise.all([
        stayingNodesOrThrow(snapshot),
        targetOf(snapshot, next),
      ]);
      const { version } = release.kubernetes;
      const outside = nodes.flatMap(({ metadata, status }) => {
        const kubelet = status?.nodeInfo?.kubeletVersion;
        const isAllowed =
          minorNumber(version) - minorNumber(kubelet) <= allowedSkew && minorNumber(kubelet) <= minorNumber(running);
        return isAllowed ? [] : [`${metadata?.name} (${kubelet})`];
      });
      return outside.length === 0
        ? holds(`${counted(nodes.length, "node")}, within ${allowedSkew} minor versions of ${version}`)
        : broken(
            `${namesText(outside)}: not within ${allowedSkew} minor versions of ${version}, or ahead of ${running}`,
            "the nodes were not replaced since earlier upgrades",
            verifyInvocation(snapshot.settings),
          );
    },
  };
}

/** EKS upgrades no control plane whose managed node groups are at another version (API reference, UpdateClusterVersion). */
export const nodeGroupVersions: Check = {
  id: "node-group-versions",
  title: "versions of node groups",
  async run(snapshot) {
    const [groups, { version: running }] = await Promise.all([snapshot.nodeGroups(), snapshot.cluster()]);
    const other = groups.find(({ version }) => version !== running);
    if (!other) {
      return holds(`${running}, as the control plane`);
    }
    const isAhead = minorNumber(other.version) > minorNumber(running);
    return broken(
      `${other.nodegroupName} has ${other.version}, and the control plane ${running}`,
      isAhead
        ? "the control plane went back, and its nodes did not"
        : "nodes were not upgraded after the control plane",
      isAhead ? describeNodeGroup(snapshot.settings, other) : reviewInvocation(snapshot.settings, "bootstrap"),
    );
  },
};
