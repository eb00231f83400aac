import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  DeleteAccessEntryCommand,
  DisassociateAccessPolicyCommand,
} from "@aws-sdk/client-eks";

import { done, refused, withEnvironment } from "../breaking";
import { admin, type BrokenStates, clusterName, eks } from "./state";

const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
const adminPolicy = { clusterName, principalArn: admin, policyArn, accessScope: { type: "cluster" } } as const;

/** The line of the first check that needs a right in the cluster which whoever asks has not got. */
const refusedLine = (right: string) => new RegExp(`^could not ask .* the cluster does not let you ${right} \\(403\\)`);

/** What is wrong with whoever asks. */
export const askerStates: BrokenStates = {
  "nobody may look at queues": {
    broken: () => refused("sqs", "GetQueueUrl", "AccessDenied"),
    lines: [
      /^could not ask +interruption queue +arn:aws:sts::111122223333:assumed-role\/platform-admin\/rehearsal may not sqs:GetQueueUrl/,
    ],
  },
  "no token of GitHub's": {
    broken: () => withEnvironment({ GITHUB_TOKEN: undefined }),
    lines: [/^not asked +head of the branch +GITHUB_TOKEN is not set/],
  },
  "a token that GitHub does not accept": {
    broken: () => withEnvironment({ GITHUB_TOKEN: "wrong" }),
    lines: [/^could not ask +head of the branch +GitHub does not accept GITHUB_TOKEN/],
  },
  "credentials of another account": {
    settings: { name: "elsewhere", account: "444455556666", admins: ["arn:aws:iam::444455556666:role/a"] },
    lines: [/^error: your credentials are of account 111122223333, and elsewhere is in 444455556666/],
  },
  "a role that does not let whoever asks in": {
    settings: { deployRole: `${admin}-of-others` },
    lines: [
      /^error: arn:aws:sts::111122223333:assumed-role\/platform-admin\/rehearsal may not assume the deployRole of .*-of-others$/,
    ],
  },
  "somebody without an access entry": {
    broken: () =>
      done(
        () => eks().send(new DeleteAccessEntryCommand({ clusterName, principalArn: admin })),
        async () => {
          await eks().send(new CreateAccessEntryCommand({ clusterName, principalArn: admin }));
          await eks().send(new AssociateAccessPolicyCommand(adminPolicy));
        },
      ),
    lines: [
      /^broken +access entries +arn:aws:iam::111122223333:role\/platform-admin has none/,
      /^could not ask +cluster-wide rights +the cluster does not know you \(401\)/,
    ],
  },
  "somebody who is no administrator any more": {
    broken: () =>
      done(
        () => eks().send(new DisassociateAccessPolicyCommand({ clusterName, principalArn: admin, policyArn })),
        () => eks().send(new AssociateAccessPolicyCommand(adminPolicy)),
      ),
    lines: [
      /^broken +access entries +arn:aws:iam::111122223333:role\/platform-admin is no administrator of the cluster/,
      /^could not ask +cluster-wide rights +the cluster does not let you list clusterrole\w*\.rbac\.authorization\.k8s\.io/,
      ...[
        "list nodes",
        "list validatingwebhookconfigurations.admissionregistration.k8s.io",
        "list daemonsets.apps in kube-system",
      ].map(refusedLine),
      /^not asked +Cilium's release +you may not list Secrets in kube-system/,
      ...[
        "list deployments.apps in kube-system",
        "get configmaps in kube-system",
        "list ciliumnodes.cilium.io",
        "list pods",
        "list ciliumclusterwidenetworkpolicies.cilium.io",
      ].map(refusedLine),
      /^not asked +Hubble's certificates +you may not list Secrets in kube-system/,
      ...[
        "get cronjobs.batch in kube-system",
        "get services in kube-system",
        "list deployments.apps in flux-system",
        "list gitrepositories.source.toolkit.fluxcd.io",
        "list ocirepositories.source.toolkit.fluxcd.io",
        "list kustomizations.kustomize.toolkit.fluxcd.io",
        "list helmreleases.helm.toolkit.fluxcd.io",
        "get configmaps in flux-system",
        "list deployments.apps in karpenter",
        "list nodepools.karpenter.sh",
        "list ec2nodeclasses.karpenter.k8s.aws",
      ].map(refusedLine),
    ],
  },
  "no credentials": {
    broken: () => withEnvironment({ AWS_ACCESS_KEY_ID: undefined }),
    lines: [/^error: no AWS credentials were found/],
  },
  "credentials that have expired": {
    broken: () => refused("eks", "DescribeCluster", "ExpiredTokenException"),
    lines: [/^error: the AWS credentials have expired/],
  },
  "nobody may look at the cluster": {
    broken: () => refused("eks", "DescribeCluster", "AccessDeniedException"),
    lines: [/^could not ask +control plane +.* may not eks:DescribeCluster/],
  },
  "a secret key that is not the access key's": {
    // The stand-in looks at the signatures of tokens alone.
    broken: () => withEnvironment({ AWS_SECRET_ACCESS_KEY: "wrong" }),
    lines: [/^could not ask +cluster-wide rights +the cluster does not know you \(401\)/],
  },
  "an access key that AWS does not know": {
    broken: () => refused("eks", "DescribeCluster", "UnrecognizedClientException"),
    lines: [/^error: AWS does not accept the credentials \(UnrecognizedClientException\)/],
  },
};
