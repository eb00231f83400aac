import type { Cluster } from "../cluster";
import { accessDisagreements } from "./access";
import { adminDisagreements } from "./admins";
import { backendDisagreements } from "./backend";
import { controlPlaneDisagreements } from "./control-plane";
import { deployRoleDisagreements } from "./deploy-role";
import { iamDisagreements } from "./iam";
import type { Mistake } from "./mistake";
import { rolesOfStacks } from "./own-roles";
import { podAddressDisagreements } from "./pod-addresses";
import { regionDisagreements } from "./region";

/** Returns where settings of one cluster contradict each other. It looks only at settings that are sound by themselves. */
export function disagreements(cluster: Partial<Cluster>): Mistake[] {
  return [
    ...regionDisagreements(cluster),
    ...deployRoleDisagreements(cluster),
    ...adminDisagreements(cluster),
    ...accessDisagreements(cluster),
    ...iamDisagreements(cluster),
    ...podAddressDisagreements(cluster),
    ...controlPlaneDisagreements(cluster),
    ...backendDisagreements(cluster),
    ...rolesOfStacks(cluster),
  ];
}
