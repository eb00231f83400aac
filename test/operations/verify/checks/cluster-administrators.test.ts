import type { RbacV1Subject, V1ClusterRole, V1PolicyRule } from "@kubernetes/client-node";

import { runChecks } from "../../../../operations/verify/check";
import { clusterAdministrators } from "../../../../operations/verify/checks/cluster-administrators";
import type { Snapshot } from "../../../../operations/verify/snapshot";

const everything: V1PolicyRule = { apiGroups: ["*"], resources: ["*"], verbs: ["*"] };

const roles: Readonly<Record<string, readonly V1PolicyRule[]>> = {
  "cluster-admin": [everything],
  "like-admin": [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }, everything],
  escalating: [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["escalate"] }],
  binding: [{ apiGroups: ["*"], resources: ["clusterroles"], verbs: ["bind"] }],
  impersonating: [{ apiGroups: [""], resources: ["users", "groups"], verbs: ["impersonate"] }],
  view: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
  edit: [{ apiGroups: [""], resources: ["pods"], verbs: ["create"] }],
  secrets: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }],
  "system:basic-user": [{ apiGroups: ["authorization.k8s.io"], resources: ["selfsubjectreviews"], verbs: ["create"] }],
  discovery: [{ nonResourceURLs: ["/version"], verbs: ["get"] }],
};

async function looked(role: string, ...subjects: readonly RbacV1Subject[]) {
  return lookedAt("it", role, subjects);
}

async function lookedAt(binding: string, role: string, subjects: readonly RbacV1Subject[]) {
  const snapshot: Partial<Snapshot> = {
    clusterRoles: async () =>
      Object.entries(roles).map(([name, rules]): V1ClusterRole => ({ metadata: { name }, rules: [...rules] })),
    clusterRoleBindings: async () => [
      {
        metadata: { name: binding },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
        subjects: [...subjects],
      },
    ],
  };
  return (await runChecks([clusterAdministrators], snapshot as Snapshot))[0];
}

const group = (name: string): RbacV1Subject => ({ kind: "Group", name });
const user = (name: string): RbacV1Subject => ({ kind: "User", name });
const account = (namespace: string, name: string): RbacV1Subject => ({ kind: "ServiceAccount", namespace, name });

test.each<[string, RbacV1Subject]>([
  ["cluster-admin", group("system:masters")],
  ["cluster-admin", group("eks:service-operations")],
  ["cluster-admin", user("eks:addon-manager")],
  ["cluster-admin", account("flux-system", "kustomize-controller")],
  ["cluster-admin", account("flux-system", "helm-controller")],
  ["cluster-admin", account("flux-system", "flux-install")],
  ["escalating", account("kube-system", "clusterrole-aggregation-controller")],
  ["view", group("system:authenticated")],
  ["system:basic-user", group("system:authenticated")],
  ["discovery", group("system:authenticated")],
  ["edit", group("developers")],
  ["a-role-that-is-not-there", group("system:authenticated")],
])("%s for %j is as it should be", async (role, subject) => {
  expect(await looked(role, subject)).toMatchObject({ state: "holds" });
});

test.each<[string, RbacV1Subject, string]>([
  ["cluster-admin", group("system:authenticated"), "Group system:authenticated may do everything"],
  ["cluster-admin", group("system:serviceaccounts"), "Group system:serviceaccounts may do everything"],
  ["cluster-admin", group("system:serviceaccounts:default"), "Group system:serviceaccounts:default may do everything"],
  ["like-admin", user("jane"), "User jane may do everything"],
  ["escalating", group("developers"), "Group developers may do everything"],
  ["binding", group("developers"), "Group developers may do everything"],
  ["impersonating", group("developers"), "Group developers may do everything"],
  ["cluster-admin", account("flux-system", "default"), "ServiceAccount flux-system/default may do everything"],
  [
    "cluster-admin",
    user("system:serviceaccount:karpenter:karpenter"),
    "ServiceAccount karpenter/karpenter may do everything",
  ],
  ["edit", group("system:authenticated"), "Group system:authenticated may change something"],
  ["secrets", group("system:serviceaccounts"), "Group system:serviceaccounts may read Secrets"],
  ["discovery", user("system:anonymous"), "User system:anonymous may do something without a name"],
])("%s for %j is too much", async (role, subject, found) => {
  expect(await looked(role, subject)).toMatchObject({
    state: "broken",
    found: `${found}, by the ClusterRoleBinding it`,
    next: expect.stringContaining("kubectl describe clusterrolebinding it"),
  });
});

test("the name of a binding is one word of the command that deletes it, whatever is in it", async () => {
  const result = await lookedAt("x cluster-admin; it's", "cluster-admin", [user("jane")]);

  expect(result?.state === "broken" && result.next).toMatch(
    /delete clusterrolebinding -- 'x cluster-admin; it'\\''s'$/,
  );
});

test("what people run may need every right: that is a warning, behind what is broken", async () => {
  const tool = account("tools", "argo");

  expect(await looked("cluster-admin", tool)).toMatchObject({ state: "warning" });
  expect(await looked("cluster-admin", tool, user("jane"))).toMatchObject({
    state: "broken",
    found: "User jane may do everything, by the ClusterRoleBinding it; 1 more grant like it",
  });
});
