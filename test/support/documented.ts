import { parseAllDocuments } from "yaml";

import { projectFile } from "../../constructs/project-files";

interface ClusterRole {
  readonly kind: string;
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

const page = projectFile("docs/operations.md");

/** The first block of a section in a language. */
function block(section: string, language: string): string {
  const text = page.split(`\n## ${section}`)[1] ?? "";
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? "";
}

/** What IAM must allow for verify. */
export function verifyActions(): readonly string[] {
  const { Statement: statements } = JSON.parse(block("Is it up", "json"));
  return statements.flatMap(({ Action }: { Action: string[] }) => Action);
}

/** What IAM must allow for teardown. */
export function teardownDocument(): unknown {
  return JSON.parse(block("Take it down", "json"));
}

/** What Kubernetes must allow for verify, as manifests. */
export const verifyRole = block("Is it up", "yaml");

/** What Kubernetes must allow for hubble. */
export const hubbleRole = block("Let me look", "yaml");

/** What `verifyRole` allows, in words: `list nodepools.karpenter.sh`. */
export function verifyRights(): readonly string[] {
  const documents = parseAllDocuments(verifyRole).map((document): ClusterRole => document.toJS());
  const rules = documents.filter(({ kind }) => kind === "ClusterRole").flatMap((role) => role.rules);
  return rules.flatMap(({ apiGroups: [group = ""], resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}${group === "" ? "" : `.${group}`}`)),
  );
}
