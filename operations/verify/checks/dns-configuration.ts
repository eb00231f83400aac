import { Address4 } from "ip-address";

import { coreDnsName, systemNamespace } from "../../../platform/names";
import { Failure } from "../../command/failure";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";

const configMap = `${systemNamespace}/${coreDnsName}`;

/** CoreDNS keeps its last Corefile while it runs, and does not start with one that serves nothing. */
export const corefile: Check = {
  id: "core-dns-configuration",
  title: "CoreDNS's configuration",
  async run(snapshot) {
    const config = await snapshot.configMap(systemNamespace, coreDnsName);
    const text = config?.data?.["Corefile"] ?? "";
    const problem = config ? corefileProblem(text) : `there is no ConfigMap ${configMap}`;
    return problem === undefined
      ? holds("serves cluster.local, and forwards the rest")
      : broken(
          problem,
          "somebody changed it by hand: the add-on writes it again when it is applied",
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
  },
};

function corefileProblem(text: string): string | undefined {
  if (text.trim() === "") {
    return `the Corefile in ${configMap} is empty`;
  }
  if (!/^\s*kubernetes\b.*\bcluster\.local\b/m.test(text)) {
    return `the Corefile in ${configMap} does not serve cluster.local`;
  }
  return /^\s*forward\s/m.test(text) ? undefined : `the Corefile in ${configMap} forwards no other names`;
}

/** EKS tells kubelets the tenth address of the network of Services, and pods ask there, whatever the Service has. */
export const dnsAddress: Check = {
  id: "dns-address",
  title: "address of kube-dns",
  async run(snapshot) {
    const [service, { kubernetesNetworkConfig }] = await Promise.all([
      snapshot.service(systemNamespace, "kube-dns"),
      snapshot.cluster(),
    ]);
    const network = kubernetesNetworkConfig?.serviceIpv4Cidr;
    if (network === undefined) {
      throw new Failure("nothing there", "EKS does not say which network Services have", "see the control plane above");
    }
    const wanted = new Address4(network).startAddress().offset(10).correctForm();
    const address = service?.spec?.clusterIP;
    if (address === wanted) {
      return holds(`${address}, as kubelets were told`);
    }
    const next = `kubectl --namespace ${systemNamespace} get service kube-dns --output wide`;
    return service
      ? broken(
          `it is ${address}, and kubelets tell pods ${wanted}`,
          "the Service was deleted and made again: delete it, and apply CoreDNS's add-on again",
          next,
        )
      : broken(`there is no Service ${systemNamespace}/kube-dns`, "somebody deleted it: no pod finds any name", next);
  },
};
