import type { AccessRule } from "./access-rule";
import { awsAccessRules } from "./aws-access-rules";
import { githubAccessRules } from "./github-access-rules";
import { kubernetesAccessRules } from "./kubernetes-access-rules";

/** All rules of access, in the order in which a report names what they found. */
export const accessRules: readonly AccessRule[] = [...awsAccessRules, ...githubAccessRules, ...kubernetesAccessRules];
