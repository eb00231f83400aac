import type { SoundSettings } from "../sound-members";
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
import { runNameDisagreements } from "./run-names";

/** Returns where settings of one cluster contradict each other. */
export function disagreements(cluster: SoundSettings): Mistake[] {
  return [
    ...regionDisagreements(cluster),
    ...deployRoleDisagreements(cluster),
    ...adminDisagreements(cluster),
    ...accessDisagreements(cluster),
    ...iamDisagreements(cluster),
    ...podAddressDisagreements(cluster),
    ...controlPlaneDisagreements(cluster),
    ...backendDisagreements(cluster),
    ...runNameDisagreements(cluster),
    ...rolesOfStacks(cluster),
  ];
}
