import { DescribeClusterCommand, ListNodegroupsCommand, UpdateNodegroupConfigCommand } from "@aws-sdk/client-eks";
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CancelKeyDeletionCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";

import { type Break, done, refused } from "../breaking";
import { type BrokenStates, clusterName, eks } from "./state";

const region = "eu-central-1";
const iam = () => new IAMClient({ region });
const kms = () => new KMSClient({ region });

/** Something is done to the key of the cluster's Secrets. */
const withKey =
  (change: (KeyId: string) => Promise<unknown>, undo: (KeyId: string) => Promise<unknown>) =>
  (): Break =>
  async (act) => {
    const { cluster } = await eks().send(new DescribeClusterCommand({ name: clusterName }));
    // moto takes no ARN where it changes a key.
    const key = cluster?.encryptionConfig?.[0]?.provider?.keyArn?.split("/").at(-1) ?? "";
    return done(
      () => change(key),
      () => undo(key),
    )(act);
  };

const enable = (KeyId: string) => kms().send(new EnableKeyCommand({ KeyId }));

const withoutProvider: Break = async (act) => {
  const { cluster } = await eks().send(new DescribeClusterCommand({ name: clusterName }));
  const { OpenIDConnectProviderList: [provider] = [] } = await iam().send(new ListOpenIDConnectProvidersCommand({}));
  return done(
    () => iam().send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider?.Arn })),
    () =>
      iam().send(
        new CreateOpenIDConnectProviderCommand({
          Url: cluster?.identity?.oidc?.issuer,
          ClientIDList: ["sts.amazonaws.com"],
        }),
      ),
  )(act);
};

/** A role has not got one of the policies that others may have too. */
const detached = (RoleName: string, PolicyArn: string) => () =>
  done(
    () => iam().send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
    () => iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
  );

const operator = { RoleName: `${clusterName}-cilium-operator`, PolicyName: "manage-enis" };

/** The policy of the operator's role becomes another, or is gone. */
const withOperatorPolicy =
  (change: (document: string) => string | undefined): (() => Break) =>
  () =>
  async (act) => {
    const { PolicyDocument = "" } = await iam().send(new GetRolePolicyCommand(operator));
    const before = decodeURIComponent(PolicyDocument);
    const after = change(before);
    return done(
      () =>
        after === undefined
          ? iam().send(new DeleteRolePolicyCommand(operator))
          : iam().send(new PutRolePolicyCommand({ ...operator, PolicyDocument: after })),
      () => iam().send(new PutRolePolicyCommand({ ...operator, PolicyDocument: before })),
    )(act);
  };

const karpenter = { RoleName: `${clusterName}-karpenter` };

/** Karpenter's role trusts another service account. */
const otherTrust: Break = async (act) => {
  const { Role } = await iam().send(new GetRoleCommand(karpenter));
  const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
  const trusted = (PolicyDocument: string) =>
    iam().send(new UpdateAssumeRolePolicyCommand({ ...karpenter, PolicyDocument }));
  return done(
    () => trusted(before.replace("karpenter:karpenter", "karpenter:default")),
    () => trusted(before),
  )(act);
};

const profile = {
  InstanceProfileName: `${clusterName}-karpenter-nodes`,
  RoleName: `${clusterName}-karpenter-nodes`,
};

const withMinimum = async (minSize: number) => {
  const { nodegroups: [nodegroupName] = [] } = await eks().send(new ListNodegroupsCommand({ clusterName }));
  const scalingConfig = { minSize, maxSize: 2, desiredSize: 2 };
  await eks().send(new UpdateNodegroupConfigCommand({ clusterName, nodegroupName, scalingConfig }));
};

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;

export const awsStates: BrokenStates = {
  "a key of Secrets that is disabled": {
    broken: withKey((KeyId) => kms().send(new DisableKeyCommand({ KeyId })), enable),
    lines: [/^broken +key of Secrets +arn:aws:kms:\S+ is Disabled/],
  },
  "a key of Secrets that will be deleted": {
    broken: withKey(
      (KeyId) => kms().send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })),
      async (KeyId) => {
        await kms().send(new CancelKeyDeletionCommand({ KeyId }));
        await enable(KeyId);
      },
    ),
    lines: [/^broken +key of Secrets +arn:aws:kms:\S+ is deleted on \d{4}-\d\d-\d\d/],
  },
  "no OIDC provider": {
    broken: () => withoutProvider,
    lines: [/^broken +OIDC provider +IAM has none for the cluster's issuer/],
  },
  "an operator whose role has no policy": {
    broken: withOperatorPolicy(() => undefined),
    lines: [
      /^broken +rights of roles in AWS +demo-k8s-cilium-cilium-operator may not ec2:AssignPrivateIpAddresses, .* and 9 more/,
    ],
  },
  "an operator whose role may not assign addresses": {
    broken: withOperatorPolicy((document) =>
      document.replace("ec2:AssignPrivateIpAddresses", "ec2:AssignIpv6Addresses"),
    ),
    lines: [/^broken +rights of roles in AWS +demo-k8s-cilium-cilium-operator may not ec2:AssignPrivateIpAddresses$/],
  },
  "Karpenter without one of its policies": {
    broken: detached(karpenter.RoleName, `arn:aws:iam::111122223333:policy/${clusterName}-karpenter-interruption`),
    lines: [/^broken +rights of roles in AWS +demo-k8s-cilium-karpenter may not sqs:DeleteMessage, sqs:GetQueueUrl/],
  },
  "Karpenter's role trusts another service account": {
    broken: () => otherTrust,
    lines: [
      /^broken +rights of roles in AWS +demo-k8s-cilium-karpenter does not trust system:serviceaccount:karpenter:karpenter/,
    ],
  },
  "a control plane whose role has no policy": {
    broken: detached(`${clusterName}-cluster`, managed("AmazonEKSClusterPolicy")),
    lines: [/^broken +rights of roles in AWS +demo-k8s-cilium-cluster lacks AmazonEKSClusterPolicy/],
  },
  "nodes whose role may not pull images": {
    broken: detached(`${clusterName}-karpenter-nodes`, managed("AmazonEC2ContainerRegistryPullOnly")),
    lines: [
      /^broken +rights of roles in AWS +demo-k8s-cilium-karpenter-nodes lacks AmazonEC2ContainerRegistryPullOnly/,
    ],
  },
  "an instance profile without its role": {
    broken: () =>
      done(
        () => iam().send(new RemoveRoleFromInstanceProfileCommand(profile)),
        () => iam().send(new AddRoleToInstanceProfileCommand(profile)),
      ),
    lines: [/^broken +rights of roles in AWS +the instance profile demo-k8s-cilium-karpenter-nodes does not have/],
  },
  "a node group that may become empty": {
    broken: () =>
      done(
        () => withMinimum(0),
        () => withMinimum(2),
      ),
    lines: [/^broken +size of node group +system-\d+ is kept from 0 to 2, and settings\.ts says 2 to 2/],
  },
  "a launch template that is gone": {
    // A template that is made anew has another id, so EC2 is made to say it.
    broken: () => refused("ec2", "DescribeLaunchTemplateVersions", "InvalidLaunchTemplateId.NotFound"),
    lines: [/^broken +launch template +lt-\w+, version 1, of system-\d+ is gone/],
  },
};
