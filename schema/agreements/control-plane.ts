import { network, overlap } from "../address";
import { isKeyIn } from "../kms-key";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** Returns what of the control plane can't be in this network or region. */
export function controlPlaneDisagreements({ region, cidrBlock, controlPlane }: SoundSettings): Mistake[] {
  const { serviceCidr, secretsKeyArn } = controlPlane ?? {};
  const mistakes: Mistake[] = [];
  const clash = (member: string, message: string) => mistakes.push({ path: ["controlPlane", member], message });
  if (serviceCidr && cidrBlock && overlap(network(serviceCidr), network(cidrBlock))) {
    clash(
      "serviceCidr",
      `shares addresses with cidrBlock, ${cidrBlock}, and EKS takes none of the VPC's; take another network`,
    );
  }
  if (secretsKeyArn && region && !isKeyIn(region, secretsKeyArn)) {
    clash("secretsKeyArn", `is not of ${region}, and EKS takes keys of the cluster's region alone; name a key there`);
  }
  return mistakes;
}
