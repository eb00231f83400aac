import { parseAllDocuments } from "yaml";

import { projectFile } from "../../constructs/project-files";
import { verifyGroup } from "../../platform/names";

interface ClusterRole {
  readonly kind: string;
  readonly rules: readonly {
    readonly apiGroups: readonly string[] | undefined;
    readonly resources: readonly string[] | undefined;
    readonly nonResourceURLs: readonly string[] | undefined;
    readonly verbs: readonly string[];
  }[];
}

/** The first block in a language on a page of docs/, or one after it. */
function block(page: string, language: string, index = 0): string {
  const blocks = projectFile(`docs/${page}`).matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"));
  return [...blocks][index]?.[1] ?? "";
}

/** What IAM must allow for verify. */
export function verifyActions(): readonly string[] {
  return actionsIn("verify.md");
}

/** What IAM must allow for repair, beside what Terraform needs. */
export function repairActions(): readonly string[] {
  return actionsIn("repair.md");
}

function actionsIn(page: string): readonly string[] {
  const { Statement: statements } = JSON.parse(block(page, "json"));
  return statements.flatMap(({ Action }: { Action: string[] }) => Action);
}

/** What IAM must allow for teardown. */
export function teardownDocument(): unknown {
  return JSON.parse(block("teardown.md", "json"));
}

/** What IAM must allow for a check before an upgrade, beside what verify needs. */
export function upgradeCheckActions(): readonly string[] {
  return actionsIn("upgrade-check.md");
}

/** What Kubernetes must allow for verify, as manifests. */
export const verifyRole = accessNamed(verifyGroup);

/** What Kubernetes must allow for a check before an upgrade, beside what verify needs. */
export const upgradeCheckRole = accessNamed("platform-upgrade-checker");

/** The documents of a name among those that Flux applies for who has the access `verify`. */
function accessNamed(name: string): string {
  const documents = block("verify.md", "yaml").split("---\n");
  return documents.filter((document) => document.includes(`\nmetadata:\n  name: ${name}\n`)).join("---\n");
}

/** What Kubernetes must allow for verify's check of Cilium's release, which shows more than verify needs. */
export const verifyReleaseRole = block("verify.md", "yaml", 1);

/** What Kubernetes must allow for hubble. */
export const hubbleRole = block("hubble.md", "yaml");

/** What roles in a manifest allow, in words: `list nodepools.karpenter.sh`. */
export function verifyRights(manifest: string): readonly string[] {
  const documents = parseAllDocuments(manifest).map((document): ClusterRole => document.toJS());
  const rules = documents.filter(({ kind }) => kind.endsWith("Role")).flatMap((role) => role.rules);
  return rules.flatMap(({ apiGroups: [group = ""] = [], resources = [], nonResourceURLs = [], verbs }) =>
    [...resources.map((resource) => `${resource}${group === "" ? "" : `.${group}`}`), ...nonResourceURLs].flatMap(
      (what) => verbs.map((verb) => `${verb} ${what}`),
    ),
  );
}
