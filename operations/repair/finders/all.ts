import type { Finder } from "../existing";
import { clusterFinders } from "./aws-cluster";
import { networkFinders } from "./aws-network";
import { githubFinders } from "./github";
import { kubernetesFinders } from "./kubernetes";

/** Finders by the type of the resource that would collide. */
export const finders: Readonly<Record<string, Finder>> = {
  ...networkFinders,
  ...clusterFinders,
  ...githubFinders,
  ...kubernetesFinders,
};

const made = "each apply makes another one, under an id of its own";
const written = "AWS takes the same once more";

/** Types of which nothing that is there is in the way of an apply, each with the reason. */
export const neverInTheWay: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_rule: written,
  aws_cloudwatch_event_target: written,
  aws_default_security_group: "Terraform takes over the group that each VPC has",
  aws_ec2_tag: written,
  aws_eip: made,
  aws_eks_access_policy_association: written,
  aws_iam_role_policy: written,
  aws_iam_role_policy_attachment: written,
  aws_kms_key: made,
  aws_launch_template: made,
  aws_route_table: made,
  aws_sqs_queue: "AWS answers with the queue that is there, if it has the same attributes",
  aws_sqs_queue_policy: written,
  github_branch_default: "the branch that is there, by its new name, is taken for done",
  github_repository_file: "overwrite_on_create writes over what is there",
  helm_release: "upgrade_install takes over a release that is there; one that is pending is looked for by itself",
  terraform_data: "it is in the state alone",
  tls_private_key: "it is in the state alone",
};
