import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";

const disposition = z.strictObject({
  /** Checkov's id: `CKV_AWS_158`. */
  check: z.string().regex(/^CKV2?_\w+$/),
  /** What the check asks for, in Checkov's words. */
  asks: z.string(),
  /** Names of resources as Checkov writes them; `*` stands for any characters. */
  resources: z.array(z.string()).min(1),
  verdict: z.enum(["mended", "accepted", "false"]),
  reason: z.string(),
});

/** What is thought of a finding of Checkov's. */
export type Disposition = z.infer<typeof disposition>;

/** Returns the dispositions in dispositions.yaml, in its order. Throws if one is not as it should be. */
export function readDispositions(): Disposition[] {
  return z.array(disposition).parse(parse(readFileSync("scripts/security/dispositions.yaml", "utf8")));
}

/** Returns whether a disposition is about what a check found in a resource. */
export function isAbout({ check, resources }: Disposition, found: { check: string; resource: string }): boolean {
  return check === found.check && resources.some((pattern) => matches(pattern, found.resource));
}

function matches(pattern: string, resource: string): boolean {
  const [first = "", ...rest] = pattern.split("*").map((text) => text.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${[first, ...rest].join(".*")}$`).test(resource);
}
