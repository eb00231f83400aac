import { systemNamespace } from "../../../platform/names";
import { releaseNamed } from "../../../releases/all";
import { Failure } from "../../command/failure";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import { wayBack } from "../way-back";
import { day, issueTexts, namesText, versionMismatch } from "../wording";

export const controlPlane: Check = {
  id: "control-plane",
  title: "control plane",
  async run(snapshot) {
    const cluster = await snapshot.cluster().catch((thrown) => {
      if (thrown instanceof Failure && thrown.kind === "no cluster") {
        return thrown;
      }
      throw thrown;
    });
    if (cluster instanceof Failure) {
      return broken(cluster.message, "it was not made yet, or is gone", cluster.next);
    }
    const { status = "of unknown state", platformVersion } = cluster;
    const issues = issueTexts(cluster);
    if (status === "ACTIVE" && issues.length === 0) {
      return holds(`ACTIVE${platformVersion ? `, platform ${platformVersion}` : ""}`);
    }
    const { name, region } = snapshot.settings;
    return broken(
      [status, ...issues].join("; "),
      status === "CREATING" || status === "UPDATING" ? "EKS is at it, which takes minutes" : "EKS says it above",
      `aws eks describe-cluster --name ${name} --region ${region} --query cluster.health`,
    );
  },
};

export const kubernetesVersion: Check = {
  id: "kubernetes-version",
  title: "Kubernetes version",
  async run(snapshot) {
    const { version } = await snapshot.cluster();
    const { version: wanted } = releaseNamed(snapshot.settings.release).kubernetes;
    if (version !== wanted) {
      return broken(
        versionMismatch(snapshot.settings, version, wanted),
        "the cluster stack was not applied since, or somebody upgraded by hand",
        reviewInvocation(snapshot.settings, "cluster"),
      );
    }
    const back = await wayBack(snapshot);
    return holds(back === undefined ? version : `${version}, back to ${back.version} until ${day(back.until)} (EKS)`);
  },
};

export const endpointAccess: Check = {
  id: "endpoint-access",
  title: "API endpoint",
  async run(snapshot) {
    const { apiAccess } = snapshot.settings;
    const {
      endpointPrivateAccess,
      endpointPublicAccess,
      publicAccessCidrs = [],
    } = (await snapshot.cluster()).resourcesVpcConfig ?? {};
    const open = endpointPublicAccess ? publicAccessCidrs : [];
    const differing = [
      ...(endpointPrivateAccess ? [] : ["closed within the VPC"]),
      ...open.filter((network) => !apiAccess.includes(network)).map((network) => `open to ${network}`),
      ...apiAccess.filter((network) => !open.includes(network)).map((network) => `closed to ${network}`),
    ];
    return differing.length === 0
      ? holds(open.length === 0 ? "private" : `private, and open to ${open.join(", ")}`)
      : broken(
          `${differing.join(", ")}, unlike apiAccess`,
          "the cluster stack was not applied since apiAccess changed, or somebody changed the endpoint by hand",
          reviewInvocation(snapshot.settings, "cluster"),
        );
  },
};

/** The DaemonSets whose work Cilium does. */
const rivals = ["aws-node", "kube-proxy"];
/** The add-ons that would install these DaemonSets. */
const rivalAddons = ["vpc-cni", "kube-proxy"];

export const onlyCni: Check = {
  id: "only-cni",
  title: "no aws-node, no kube-proxy",
  async run(snapshot) {
    const [daemonSets, addons] = await Promise.all([snapshot.daemonSets(systemNamespace), snapshot.addons()]);
    const present = daemonSets.flatMap(({ metadata }) => metadata?.name ?? []).filter((name) => rivals.includes(name));
    const installed = addons.filter((name) => rivalAddons.includes(name));
    const { name, region } = snapshot.settings;
    if (installed.length > 0) {
      return broken(
        `${installed.length === 1 ? "add-on" : "add-ons"} ${namesText(installed)}`,
        "somebody installed what Cilium does; both would program the nodes' network",
        `aws eks delete-addon --cluster-name ${name} --region ${region} --addon-name ${installed[0]}`,
      );
    }
    return present.length === 0
      ? holds("neither")
      : broken(
          `${present.length === 1 ? "DaemonSet" : "DaemonSets"} ${namesText(present)}`,
          "somebody applied what Cilium does; both would program the nodes' network",
          `kubectl --namespace ${systemNamespace} delete daemonset ${present.join(" ")}`,
        );
  },
};
