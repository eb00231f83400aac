import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { discrepancies, readDispositions } from "../../scripts/security/dispositions";
import { checkovProgram, type Scan, scan } from "./checkov";
import { writeManifests } from "./manifest-files";
import { makePlans, type Plan } from "./plans";

const folder = mkdtempSync(join(tmpdir(), "security-"));

const plans: (Scan & Plan)[] = [];
let stacks: Scan;
let manifests: Scan & { readonly workloads: readonly string[] };

beforeAll(async () => {
  const program = await checkovProgram();
  const made = await makePlans(folder);
  for (const plan of made.plans) {
    plans.push({ ...plan, ...(await scan(program, plan.file, "terraform_plan")) });
  }
  stacks = await scan(program, made.stacks, "terraform_json");
  const workloads = await writeManifests(join(folder, "manifests"));
  manifests = { workloads, ...(await scan(program, join(folder, "manifests"), "kubernetes")) };
}, 1_800_000);

afterAll(() => rmSync(folder, { recursive: true }));

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
  expect(stacks.parsingErrors).toBe(0);
  expect(stacks.checked.size).toBeGreaterThan(50);
});

test("all that it finds is accepted or false, and all that is said to be is found", () => {
  const findings = [...plans, manifests].flatMap((one) => one.findings);

  expect(discrepancies(findings, readDispositions())).toEqual([]);
});
