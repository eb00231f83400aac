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

/** Something that a check of Checkov's asks for and a resource lacks. */
export interface Finding {
  readonly check: string;
  /** What the check asks for. */
  readonly asks: string;
  /** The resource's name, as Checkov writes it. */
  readonly resource: string;
}

/** Returns what does not fit between findings and dispositions, a line each: nothing if all fits. */
export function discrepancies(findings: readonly Finding[], dispositions: readonly Disposition[]): string[] {
  const lines = findings.flatMap((found) =>
    faults(found, dispositions).map((fault) => `${found.check} ${found.resource} ${fault}`),
  );
  const gone = dispositions
    .filter((one) => one.verdict !== "mended" && !findings.some((found) => isAbout(one, found)))
    .map(({ check, resources }) => `${check} ${resources.join(", ")} is not found any more`);
  return [...new Set([...lines, ...gone])].sort();
}

function faults(found: Finding, dispositions: readonly Disposition[]): string[] {
  const about = dispositions.filter((one) => isAbout(one, found));
  return [
    ...(about.length === 0 ? [`has no disposition: ${found.asks}`] : []),
    ...(about.length > 1 ? ["has several dispositions"] : []),
    ...(about.some(({ verdict }) => verdict === "mended") ? ["was mended, and is found again"] : []),
    ...about.filter(({ asks }) => asks !== found.asks).map(({ asks }) => `asks '${found.asks}', not '${asks}'`),
  ];
}

function isAbout({ check, resources }: Disposition, found: Finding): boolean {
  return check === found.check && resources.some((pattern) => matches(pattern, found.resource));
}

function matches(pattern: string, resource: string): boolean {
  const [first = "", ...rest] = pattern.split("*").map((text) => text.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${[first, ...rest].join(".*")}$`).test(resource);
}
