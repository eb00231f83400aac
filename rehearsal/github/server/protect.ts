import { z } from "zod";

import { parsed } from "../../control/parsed";
import type { Accounts } from "../repositories/accounts";
import type { BranchProtection } from "../repositories/metadata";
import { notFound } from "../rest/http-error";

const schema = z.strictObject({
  repository: z.string(),
  branch: z.string(),
  checks: z.array(z.string()).default([]),
  rules: z.boolean().default(false),
});

/** Protects a branch, or ends its protection if neither checks nor rules are given; returns what is protected, by branch. */
export function protect(accounts: Accounts, described: unknown): Readonly<Record<string, BranchProtection>> {
  const { repository: fullName, branch, checks, rules } = parsed(schema, described);
  const [owner = "", name = ""] = fullName.split("/");
  const repository = accounts.repository(owner, name);
  if (repository === undefined) {
    throw notFound("no such repository");
  }
  const { [branch]: _, ...others } = repository.metadata.protection;
  const isProtected = checks.length > 0 || rules;
  repository.save({ protection: isProtected ? { ...others, [branch]: { checks, rules } } : others });
  return repository.metadata.protection;
}
