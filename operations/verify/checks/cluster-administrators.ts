import type { RbacV1Subject, V1PolicyRule } from "@kubernetes/client-node";

import { fluxNamespace, platformNamespaces, systemNamespace } from "../../../platform/names";
import { broken, type Check, holds, warning } from "../check";
import type { Snapshot } from "../snapshot";
import { counted } from "../wording";

/** Somebody to whom a ClusterRoleBinding gives more than the platform or Kubernetes does. */
interface Grant {
  readonly binding: string;
  readonly subject: string;
  readonly right: string;
  /** What people run may need it; nobody else may. */
  readonly isWorkload: boolean;
}

export const clusterAdministrators: Check = {
  id: "cluster-administrators",
  title: "cluster-wide rights",
  async run(snapshot) {
    const found = await strangeGrants(snapshot);
    const worst = found.find(({ isWorkload }) => !isWorkload) ?? found[0];
    if (!worst) {
      return holds("all only with those who need it");
    }
    const outcome = worst.isWorkload ? warning : broken;
    return outcome(
      `${worst.subject} may ${worst.right}, by the ClusterRoleBinding ${worst.binding}${found.length > 1 ? `; ${counted(found.length - 1, "more grant", "more grants")} like it` : ""}`,
      worst.isWorkload
        ? "what people run was given every right: whoever gets into it has the cluster"
        : "somebody bound it by hand; administrators are those of settings.ts",
      `kubectl describe clusterrolebinding ${shellWord(worst.binding)}; if nobody needs it: kubectl delete clusterrolebinding ${shellWord(worst.binding)}`,
    );
  },
};

/** Returns a name as one word for a shell: names of RBAC may hold blanks, and what a shell would run (Kubernetes, "Path Segment Names"). */
function shellWord(name: string): string {
  return /^[\w.:@][\w.:@-]*$/.test(name) ? name : `-- '${name.replaceAll("'", "'\\''")}'`;
}

async function strangeGrants(snapshot: Snapshot): Promise<readonly Grant[]> {
  const [bindings, roles] = await Promise.all([snapshot.clusterRoleBindings(), snapshot.clusterRoles()]);
  const rules = new Map(roles.map((role) => [role.metadata?.name, role.rules ?? []]));
  return bindings.flatMap(({ metadata, roleRef, subjects = [] }) => {
    const role = rules.get(roleRef.name) ?? [];
    return subjects.flatMap((subject) => {
      const right = rightTooMany(subject, roleRef.name, role);
      return right === undefined
        ? []
        : [
            {
              binding: metadata?.name ?? "",
              subject: subjectText(subject),
              right,
              isWorkload: isWorkload(accountOf(subject)),
            },
          ];
    });
  });
}

/** What of a role somebody should not have; nothing if all may be. */
function rightTooMany(subject: RbacV1Subject, role: string, rules: readonly V1PolicyRule[]): string | undefined {
  if (everybody.includes(subject.name)) {
    return forEverybody.includes(role) ? undefined : rightOfEverybody(subject.name, rules);
  }
  return rules.some(isEverything) && !needsEverything(subject) ? "do everything" : undefined;
}

/** Names by which Kubernetes means anybody, or anything that runs in the cluster. */
const nobody = ["system:anonymous", "system:unauthenticated"];
const everybody = [...nobody, "system:authenticated", "system:serviceaccounts"];

/** Roles that Kubernetes itself gives everybody (Kubernetes, "Using RBAC Authorization", API discovery roles). */
const forEverybody = [
  "system:basic-user",
  "system:discovery",
  "system:public-info-viewer",
  "system:service-account-issuer-discovery",
];

function rightOfEverybody(name: string, rules: readonly V1PolicyRule[]): string | undefined {
  if (rules.some(isEverything)) {
    return "do everything";
  }
  if (nobody.includes(name) && rules.length > 0) {
    return "do something without a name";
  }
  if (
    rules.some(({ verbs, resources = [] }) => resources.length > 0 && verbs.some((verb) => !readVerbs.includes(verb)))
  ) {
    return "change something";
  }
  return rules.some(({ resources = [] }) => resources.some((resource) => ["*", "secrets"].includes(resource)))
    ? "read Secrets"
    : undefined;
}

const readVerbs = ["get", "list", "watch"];

/** Returns whether a rule lets do everything, or give oneself what lets do it. */
function isEverything({ verbs, resources = [], apiGroups = [] }: V1PolicyRule): boolean {
  const has = (verb: string) => verbs.includes("*") || verbs.includes(verb);
  const reaches = (group: string, resource: string) =>
    (apiGroups.includes("*") || apiGroups.includes(group)) && (resources.includes("*") || resources.includes(resource));
  return (
    (verbs.includes("*") && resources.includes("*") && apiGroups.includes("*")) ||
    (reaches("rbac.authorization.k8s.io", "clusterroles") && (has("escalate") || has("bind"))) ||
    // It makes one system:masters.
    ((reaches("", "users") || reaches("", "groups")) && has("impersonate"))
  );
}

/** Service accounts that need every right: Flux applies whatever the repository has, and its installation gives it that. */
const accountsWithEverything = [
  ...["flux-install", "helm-controller", "kustomize-controller"].map((name) => `${fluxNamespace}:${name}`),
  // Kubernetes gives it the verb escalate.
  `${systemNamespace}:clusterrole-aggregation-controller`,
];

/** The second is EKS's own. */
const groupsWithEverything = ["system:masters", "eks:service-operations"];

function needsEverything(subject: RbacV1Subject): boolean {
  const account = accountOf(subject);
  if (account !== undefined) {
    return accountsWithEverything.includes(account);
  }
  // EKS lets no access entry take a name that begins so: its own parts have such names, as the manager of add-ons.
  return subject.kind === "Group" ? groupsWithEverything.includes(subject.name) : subject.name.startsWith("eks:");
}

const accountPrefix = "system:serviceaccount:";

/** Returns `namespace:name` of a service account, which may be bound by its user name too; nothing if it is none. */
function accountOf({ kind, name, namespace }: RbacV1Subject): string | undefined {
  if (kind === "ServiceAccount") {
    return `${namespace}:${name}`;
  }
  return kind === "User" && name.startsWith(accountPrefix) ? name.slice(accountPrefix.length) : undefined;
}

/** Returns whether a service account is one outside the platform's namespaces, which what people run may have. */
function isWorkload(account: string | undefined): boolean {
  return account !== undefined && !platformNamespaces.some((namespace) => account.startsWith(`${namespace}:`));
}

function subjectText(subject: RbacV1Subject): string {
  const account = accountOf(subject);
  return account === undefined ? `${subject.kind} ${subject.name}` : `ServiceAccount ${account.replace(":", "/")}`;
}
