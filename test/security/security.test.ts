import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { isAbout, readDispositions } from "../../scripts/security/dispositions";
import { checkovProgram, type Finding, type Scan, scan } from "./checkov";
import { writeManifests } from "./manifest-files";
import { makePlans, type Plan } from "./plans";

const folder = mkdtempSync(join(tmpdir(), "security-"));
const dispositions = readDispositions();

let plans: readonly (Scan & Plan)[];
let stacks: readonly Scan[];
let manifests: Scan & { readonly workloads: readonly string[] };
let findings: readonly Finding[];

beforeAll(async () => {
  const program = await checkovProgram();
  const made = await makePlans(folder);
  plans = await all(made.plans, async (plan) => ({ ...plan, ...(await scan(program, plan.file, "terraform_plan")) }));
  stacks = await all(made.stacks, (path) => scan(program, path, "terraform_json"));
  const workloads = await writeManifests(join(folder, "manifests"));
  manifests = { workloads, ...(await scan(program, join(folder, "manifests"), "kubernetes")) };
  // Those of stacks are the plans' again.
  findings = [...plans, manifests].flatMap((one) => one.findings);
}, 900_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** One after the other: each Checkov takes a core. */
async function all<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) {
    results.push(await act(item));
  }
  return results;
}

test("Checkov reads every resource of each plan", () => {
  const read = plans.map(({ file, resourceCount }) => [basename(file), resourceCount]);

  expect(read).toEqual(plans.map(({ file, resources }) => [basename(file), resources]));
  expect(plans.every(({ resources }) => resources > 20)).toBe(true);
});

test("it looks at every workload of the manifests", () => {
  const missed = manifests.workloads.filter((workload) => !manifests.checked.has(workload));

  expect(missed).toEqual([]);
  expect(manifests.workloads.length).toBeGreaterThan(6);
});

test("it can read the stacks as they are synthesized, too: bridgecrewio/checkov#7454", () => {
  expect(stacks.map(({ parsingErrors }) => parsingErrors)).toEqual([0, 0, 0]);
  expect(stacks.filter(({ checked }) => checked.size < 5)).toEqual([]);
});

test("all that it finds is accepted or false, for a reason", () => {
  const open = findings.filter((found) => !dispositions.some((one) => one.verdict !== "mended" && isAbout(one, found)));

  expect([...new Set(open.map(({ check, asks, resource }) => `${check} ${resource}: ${asks}`))].sort()).toEqual([]);
});

test("all that is accepted or false is still found", () => {
  const gone = dispositions.filter((one) => one.verdict !== "mended" && !findings.some((found) => isAbout(one, found)));

  expect(gone).toEqual([]);
});

test("what is mended is not found again, and no finding has two dispositions", () => {
  const about = (found: Finding) => dispositions.filter((one) => isAbout(one, found));

  expect(findings.filter((found) => about(found).some(({ verdict }) => verdict === "mended"))).toEqual([]);
  expect(findings.filter((found) => about(found).length > 1)).toEqual([]);
});

test("the page says what each check asks for in Checkov's own words", () => {
  const words = new Map(findings.map(({ check, asks }) => [check, asks]));
  const known = dispositions.filter(({ check }) => words.has(check));

  expect(known.map(({ check, asks }) => [check, asks])).toEqual(known.map(({ check }) => [check, words.get(check)]));
});
