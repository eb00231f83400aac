import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A request, as the API server itself wrote it down. */
export interface Audited {
  readonly verb: string;
  /** Nobody, of who was not let in. */
  readonly user: { readonly username: string | undefined };
}

/** Flags by which an API server writes down what people ask of it, who are those that EKS would know. */
export function auditFlags(folder: string): string[] {
  const policy = {
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    omitStages: ["RequestReceived"],
    rules: [
      { level: "None", users: ["admin", "kwok", "system:apiserver", "system:kube-scheduler", "kcm", "scheduler"] },
      { level: "None", userGroups: ["system:serviceaccounts", "system:unauthenticated"] },
      { level: "Metadata" },
    ],
  };
  const file = join(folder, "audit-policy.json");
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(policy));
  return [`--audit-policy-file=${file}`, `--audit-log-path=${logOf(folder)}`];
}

export function audited(folder: string): readonly Audited[] {
  const lines = readFileSync(logOf(folder), "utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line): Audited => JSON.parse(line))
    .filter(({ user: { username } }) => username?.includes(":assumed-role/"));
}

function logOf(folder: string): string {
  return join(folder, "audit.log");
}
