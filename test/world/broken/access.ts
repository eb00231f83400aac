import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  DeleteAccessEntryCommand,
  type LogType,
  UpdateClusterConfigCommand,
} from "@aws-sdk/client-eks";

import { added, type Break, done } from "../breaking";
import type { World } from "../world";
import { type BrokenStates, clusterName, eks } from "./state";

const stranger = "arn:aws:iam::444455556666:role/stranger";

/** Somebody of another account has an access entry with a policy. */
const admitted =
  (policy: string, namespaces?: string[]): (() => Break) =>
  () => {
    const entry = { clusterName, principalArn: stranger };
    const accessScope = namespaces ? { type: "namespace" as const, namespaces } : { type: "cluster" as const };
    const policyArn = `arn:aws:eks::aws:cluster-access-policy/${policy}`;
    return done(
      async () => {
        await eks().send(new CreateAccessEntryCommand(entry));
        await eks().send(new AssociateAccessPolicyCommand({ ...entry, policyArn, accessScope }));
      },
      () => eks().send(new DeleteAccessEntryCommand(entry)),
    );
  };

interface Subject {
  readonly kind: "User" | "Group" | "ServiceAccount";
  readonly name: string;
  readonly namespace?: string;
}

/** A ClusterRoleBinding gives somebody a role. */
const bound =
  (role: string, subject: Subject) =>
  ({ kubectl }: World): Break =>
    added(kubectl, {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "too-much" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ ...subject, ...(subject.namespace ? {} : { apiGroup: "rbac.authorization.k8s.io" }) }],
    });

const withLogs = (...off: LogType[]) => {
  const types = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;
  const clusterLogging = [
    { types: types.filter((type) => !off.includes(type)), enabled: true },
    ...(off.length > 0 ? [{ types: off, enabled: false }] : []),
  ];
  return eks().send(new UpdateClusterConfigCommand({ name: clusterName, logging: { clusterLogging } }));
};

export const accessStates: BrokenStates = {
  "a stranger who is administrator by an access entry": {
    broken: admitted("AmazonEKSClusterAdminPolicy"),
    lines: [
      /^broken +access of others +arn:aws:iam::444455556666:role\/stranger has AmazonEKSClusterAdminPolicy in the whole cluster/,
    ],
  },
  "a stranger who may change what is in the platform's namespaces": {
    broken: admitted("AmazonEKSEditPolicy", ["team-*", "kube-*"]),
    lines: [
      /^warning +access of others +arn:aws:iam::444455556666:role\/stranger has AmazonEKSEditPolicy in namespaces team-\*, kube-\*/,
    ],
  },
  "everybody is administrator by a ClusterRoleBinding": {
    broken: bound("cluster-admin", { kind: "Group", name: "system:authenticated" }),
    lines: [/^broken +cluster-wide rights +Group system:authenticated may do everything, by .* too-much/],
  },
  "everybody may change what is in all namespaces": {
    broken: bound("edit", { kind: "Group", name: "system:serviceaccounts" }),
    lines: [/^broken +cluster-wide rights +Group system:serviceaccounts may change something, by .* too-much/],
  },
  "whoever has no name may look": {
    broken: bound("view", { kind: "User", name: "system:anonymous" }),
    lines: [/^broken +cluster-wide rights +User system:anonymous may do something without a name/],
  },
  "a group that is administrator": {
    broken: bound("cluster-admin", { kind: "Group", name: "developers" }),
    lines: [/^broken +cluster-wide rights +Group developers may do everything/],
  },
  "a service account in kube-system that is administrator, by its user name": {
    broken: bound("cluster-admin", { kind: "User", name: "system:serviceaccount:kube-system:default" }),
    lines: [/^broken +cluster-wide rights +ServiceAccount kube-system\/default may do everything/],
  },
  "a service account of somebody's that is administrator": {
    broken: bound("cluster-admin", { kind: "ServiceAccount", name: "tool", namespace: "default" }),
    lines: [/^warning +cluster-wide rights +ServiceAccount default\/tool may do everything/],
  },
  "the audit log switched off": {
    broken: () =>
      done(
        () => withLogs("audit", "scheduler"),
        () => withLogs(),
      ),
    lines: [/^broken +logs of control plane +2 logs are switched off: audit, scheduler/],
  },
};
