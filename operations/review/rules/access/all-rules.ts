import { awsAccessRules } from "./aws-rules";
import { githubAccessRules } from "./github-rules";
import { kubernetesAccessRules } from "./kubernetes-rules";
import type { AccessRule } from "./rule";

/** All rules of access, in the order in which a report names what they found. */
export const accessRules: readonly AccessRule[] = [...awsAccessRules, ...githubAccessRules, ...kubernetesAccessRules];
