import { coreDnsName, systemNamespace } from "../../../platform/names";
import { releaseNamed } from "../../../releases/all";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import { issueTexts, versionMismatch } from "../wording";
import { checkDeployment } from "../workload";

export const coreDnsAddon: Check = {
  id: "core-dns-add-on",
  title: "CoreDNS add-on",
  async run(snapshot) {
    const { name, region, release } = snapshot.settings;
    const { version: wanted } = releaseNamed(release).coreDns;
    const addon = await snapshot.addon(coreDnsName);
    if (!addon || addon.addonVersion !== wanted) {
      return broken(
        addon ? versionMismatch(snapshot.settings, addon.addonVersion, wanted) : "not installed",
        "the bootstrap stack was not applied since, or somebody changed it by hand",
        reviewInvocation(snapshot.settings, "bootstrap"),
      );
    }
    return addon.status === "ACTIVE"
      ? holds(`ACTIVE, ${addon.addonVersion}`)
      : broken(
          [addon.status, ...issueTexts(addon)].join("; "),
          "its pods have no node to run on, or their image could not be pulled",
          `aws eks describe-addon --cluster-name ${name} --region ${region} --addon-name ${coreDnsName} --query addon.health`,
        );
  },
};

export const coreDnsAnswers: Check = {
  id: "core-dns",
  title: "CoreDNS",
  async run(snapshot) {
    const [deployment, ready] = await Promise.all([
      checkDeployment(snapshot, systemNamespace, coreDnsName),
      snapshot.readyEndpoints(systemNamespace, "kube-dns"),
    ]);
    if (deployment.state !== "holds") {
      return deployment;
    }
    return ready > 0
      ? holds(`${deployment.found}; ${ready} behind the Service kube-dns`)
      : broken(
          "its pods run, and none is behind the Service kube-dns",
          "the Service was deleted or its selector changed",
          `kubectl --namespace ${systemNamespace} describe service kube-dns`,
        );
  },
};
