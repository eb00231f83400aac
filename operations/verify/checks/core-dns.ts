import { systemNamespace } from "../../../platform/names";
import { versions } from "../../../platform/versions";
import { broken, type Check, holds } from "../check";
import { planOf } from "../next-commands";
import { deployment } from "../workload";

export const coreDnsAddon: Check = {
  id: "core-dns-add-on",
  title: "CoreDNS add-on",
  async run(look) {
    const { name, region } = look.settings;
    const addon = await look.addon("coredns");
    const issues = (addon?.health?.issues ?? []).map(({ code, message }) => `${code}: ${message}`);
    if (!addon || addon.addonVersion !== versions.coreDns) {
      return broken(
        addon ? `${addon.addonVersion}, and platform/versions.ts says ${versions.coreDns}` : "not installed",
        "the bootstrap stack was not applied since, or somebody changed it by hand",
        planOf(look.settings, "bootstrap"),
      );
    }
    return addon.status === "ACTIVE"
      ? holds(`ACTIVE, ${addon.addonVersion}`)
      : broken(
          [addon.status, ...issues].join("; "),
          "its pods have no node to run on, or their image could not be pulled",
          `aws eks describe-addon --cluster-name ${name} --region ${region} --addon-name coredns --query addon.health`,
        );
  },
};

export const coreDnsAnswers: Check = {
  id: "core-dns",
  title: "CoreDNS",
  async run(look) {
    const [replicas, answering] = await Promise.all([
      deployment(look, systemNamespace, "coredns"),
      look.endpoints(systemNamespace, "kube-dns"),
    ]);
    if (replicas.state !== "holds") {
      return replicas;
    }
    return answering > 0
      ? holds(`${replicas.found}; ${answering} behind the Service kube-dns`)
      : broken(
          "its pods run, and none is behind the Service kube-dns",
          "the Service was deleted or its selector changed",
          `kubectl --namespace ${systemNamespace} describe service kube-dns`,
        );
  },
};
