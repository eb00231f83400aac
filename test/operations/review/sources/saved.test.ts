import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { savedPlans } from "../../../../operations/review/sources/saved";

const folder = mkdtempSync(join(tmpdir(), "review-saved-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function saved(name: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ format_version: "1.2", resource_changes: [] }));
  return file;
}

async function stacks(files: readonly string[], asked: readonly string[] = []): Promise<string[]> {
  return (await savedPlans(files, asked)).map(({ stack }) => stack);
}

test.each([
  ["network.json", "network"],
  ["network.tfplan.json", "network"],
  ["network-plan.json", "network"],
  ["demo-network.plan", "demo-network"],
  ["explanplan", "explanplan"],
  ["cluster/plan.json", "cluster"],
  ["cluster/tfplan", "cluster"],
])("a plan in %s is of the stack %s", async (name, stack) => {
  expect(await stacks([saved(name)])).toEqual([stack]);
});

test("plans stay in the order in which they are given", async () => {
  expect(await stacks([saved("b.json"), saved("a.json")])).toEqual(["b", "a"]);
});

test("of several plans only those that are asked for are read", async () => {
  const files = ["demo-network.json", "demo-cluster.json"].map(saved);

  expect(await stacks([...files, "/nowhere/demo-bootstrap.json"], ["network", "demo-cluster"])).toEqual([
    "demo-network",
    "demo-cluster",
  ]);
});

test("a stack that is asked for and not there is an error, which names those that are", async () => {
  await expect(stacks([saved("demo-network.json")], ["work"])).rejects.toThrow(
    "no stack is named 'work'; there are demo-network",
  );
});

test("two plans of one name are an error: a report could not tell them apart", async () => {
  await expect(stacks([saved("a/network.json"), saved("b/network.json")])).rejects.toThrow("two plans are named");
});

test("a file that is not there is named", async () => {
  await expect(stacks(["/nowhere/network.json"])).rejects.toThrow("/nowhere/network.json");
});

test("a folder is none, and its files are to be named", async () => {
  await expect(stacks([folder])).rejects.toThrow(`${folder} is a folder`);
});
