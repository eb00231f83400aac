import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { terraformProgram } from "../../../platform/terraform";
import { keepStateIn } from "../../../rehearsal/terraform/local-state";
import { Terraform } from "../../../rehearsal/terraform/terraform";
import { worldEnvironment } from "../../../rehearsal/world/environment";
import { type ClusterSettings, checkSettings } from "../../../schema/settings";
import { writeStacks } from "../../../stacks/platform";
import { AwsServer } from "../../support/aws-server";
import { inCloud } from "../../support/workspaces";

// Terraform itself, with the AWS provider against a stand-in for AWS, and a stand-in for hashicorp/tfe that plans by its real schema.
const aws = AwsServer.forTests();
const folder = mkdtempSync(join(tmpdir(), "workspaces-"));
const journal = join(folder, "journal");
const name = "acme-workspaces";

afterAll(() => rmSync(folder, { recursive: true }));

let steps = 0;

/** The stack of workspaces as these settings make it, over the state that the one before it has left. */
async function stackOf(...settings: readonly ClusterSettings[]): Promise<Terraform> {
  const { clusters, problems } = checkSettings(settings);
  expect(problems).toEqual([]);
  steps += 1;
  const outdir = join(folder, `out-${steps}`);
  const stack = { name, folder: join(writeStacks(clusters, { outdir }).folder, name) };
  const plans = join(folder, "plans");
  mkdirSync(join(folder, "state"), { recursive: true });
  mkdirSync(plans, { recursive: true });
  keepStateIn(join(folder, "state"), [stack]);
  // Nothing here asks GitHub, which a world has to name.
  const world = { ...aws.environment, GITHUB_BASE_URL: "http://127.0.0.1:1/", STANDIN_JOURNAL: journal };
  const environment = worldEnvironment(process.env, world);
  const terraform = new Terraform({
    stack: name,
    folder: stack.folder,
    plans,
    program: terraformProgram(process.env),
    environment,
  });
  await terraform.init();
  return terraform;
}

/** What became of resources of HCP Terraform since this was last asked, in order: `create tfe_project`, `destroy tfe_workspace`. */
let read = 0;
function events(): string[] {
  const lines = readFileSync(journal, "utf8").trim().split("\n");
  const found = lines.slice(read).map((line) => JSON.parse(line) as { op: string; action?: string; type: string });
  read = lines.length;
  return found.flatMap(({ op, action = op, type }) => (op === "configure" ? [] : [`${action} ${type}`]));
}

/** Types of what a plan changes, with how many there are of each. */
function counted(changes: Readonly<Record<string, string>>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [address, action] of Object.entries(changes)) {
    const key = `${action} ${address.split(".")[0]}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const first = inCloud();
const second = inCloud({}, { name: "second", cidrBlock: "10.1.0.0/16" });
// Its name would begin an address with a digit.
const third = inCloud({}, { name: "3rd", cidrBlock: "10.2.0.0/16" });
const renamed = (settings: ClusterSettings): ClusterSettings =>
  inCloud({ project: "renamed" }, { name: settings.name, cidrBlock: settings.cidrBlock });

const ofCluster = { tfe_workspace: 3, tfe_workspace_settings: 3, tfe_run_trigger: 2, tfe_workspace_variable_set: 3 };
const each = (action: string, counts: Readonly<Record<string, number>>, times = 1) =>
  Object.fromEntries(Object.entries(counts).map(([type, count]) => [`${action} ${type}`, count * times]));

test("two clusters are made from nothing, and a second plan finds nothing to do", async () => {
  const stack = await stackOf(first, second);

  expect(counted(await stack.plan("two"))).toEqual({
    ...each("create", ofCluster, 2),
    "create tfe_project": 1,
    "create tfe_variable_set": 1,
    "create tfe_variable": 3,
    "create aws_iam_openid_connect_provider": 1,
    "create aws_iam_role": 2,
    "create aws_iam_policy": 2,
    "create aws_iam_role_policy_attachment": 2,
  });
  await stack.apply();
  expect(await stack.planRest("two again")).toEqual({});
  expect(events()).toContain("create tfe_workspace");
});

test("a third is added: its workspaces alone are made, and the roles trust them too", async () => {
  const stack = await stackOf(first, second, third);

  expect(counted(await stack.plan("three"))).toEqual({ ...each("create", ofCluster), "update aws_iam_role": 2 });
  await stack.apply();
  expect(await stack.planRest("three again")).toEqual({});
  events();
});

test("one is removed: nothing of the others is touched", async () => {
  const stack = await stackOf(first, third);
  const changes = await stack.plan("removed");

  expect(counted(changes)).toEqual({ ...each("delete", ofCluster), "update aws_iam_role": 2 });
  expect(Object.keys(changes).filter((address) => address.includes("3rd") || address.includes("demo"))).toEqual([]);
  await stack.apply();
  expect(await stack.planRest("removed again")).toEqual({});
  events();
});

test("the project is renamed: the new one is there before workspaces move, and the old one goes when it is empty", async () => {
  const stack = await stackOf(renamed(first), renamed(third));

  expect(counted(await stack.plan("renamed"))).toEqual({
    "create tfe_project": 1,
    "delete tfe_project": 1,
    "update tfe_workspace": 6,
    "update aws_iam_role": 2,
  });
  await stack.apply();
  expect(events()).toEqual(["create tfe_project", ...Array(6).fill("update tfe_workspace"), "destroy tfe_project"]);
  expect(await stack.planRest("renamed again")).toEqual({});
});

test("everything is destroyed: workspaces after all that names them, and the project at last", async () => {
  const stack = await stackOf(renamed(first), renamed(third));
  await stack.planToDestroy();
  await stack.apply();
  const order = events().map((event) => event.replace(/^destroy /, ""));

  expect(order.lastIndexOf("tfe_workspace_settings")).toBeLessThan(order.indexOf("tfe_workspace"));
  expect(order.lastIndexOf("tfe_workspace_variable_set")).toBeLessThan(order.indexOf("tfe_workspace"));
  expect(order.at(-1)).toBe("tfe_project");
});
