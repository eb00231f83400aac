import { ipv4Network, network, overlap } from "./address";
import { keyArn } from "./kms-key";
import { oneOf, strictObject, uniqueList } from "./rule";

/** The logs that a control plane can write, as EKS names them (API reference, LogSetup). */
export const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** Networks that EKS gives to Services: the first, or the second where the VPC has addresses of the first (API reference, KubernetesNetworkConfigRequest). */
const usualServiceCidrs = ["172.20.0.0/16", "10.100.0.0/16"] as const;

/** Returns the network that EKS gives to Services of a cluster whose settings name none. */
export function chosenServiceCidr(cidrBlock: string): string {
  return usualServiceCidrs.find((range) => !overlap(network(range), network(cidrBlock))) ?? usualServiceCidrs[0];
}

/** EKS takes these alone for Services: private (RFC 1918), from /12 to /24 (API reference, KubernetesNetworkConfigRequest). */
const serviceCidr = ipv4Network("must be a private IPv4 network from /12 to /24, such as '172.20.0.0/16'", (block) => [
  (block.subnetMask < 12 || block.subnetMask > 24) && `must be a /12 to /24, and is a /${block.subnetMask}`,
  !block.isPrivate() &&
    "is outside of what EKS takes for Services; take a network inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
]);

export const controlPlane = strictObject(
  {
    /**
     * Addresses of Services, for the cluster's life: another one replaces the cluster. No network that pods must reach may share
     * any with it.
     * @default - EKS chooses 172.20.0.0/16, or 10.100.0.0/16 where `cidrBlock` lies in that
     */
    serviceCidr: serviceCidr.optional(),
    /**
     * Which of its logs the control plane writes to CloudWatch; an empty list means none. The log group stays, with what was logged.
     * @default ["api", "audit", "authenticator", "controllerManager", "scheduler"]
     */
    logTypes: uniqueList(
      oneOf(logTypes),
      "must be a list of logs, such as ['api', 'audit', 'authenticator']; an empty list means none",
    ).default([...logTypes]),
    /**
     * ARN of a KMS key that is there, which encrypts the API's data, for the cluster's life. Its policy must let whoever makes the
     * cluster call `kms:DescribeKey` and `kms:CreateGrant`.
     * @default - the cluster stack makes a key, and its alias
     */
    secretsKeyArn: keyArn.optional(),
  },
  "must be an object such as { serviceCidr: '172.20.0.0/16', logTypes: ['audit'] }",
);
