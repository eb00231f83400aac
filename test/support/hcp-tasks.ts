import type { HcpAnswer, HcpForTests } from "./hcp";
import { planThatCreates } from "./hcp";
import type { TaskServer } from "./task-server";

let tasks = 0;

/** Attaches a task to a new workspace whose next run makes something; returns the workspace's id. */
export async function workspaceWithTask(
  hcp: HcpForTests,
  server: TaskServer,
  level: "advisory" | "mandatory",
  attributes: object = {},
): Promise<string> {
  tasks += 1;
  const workspace = await hcp.workspaceWithConfiguration(`tasked-${tasks}`);
  const described = { name: `review-${tasks}`, url: server.url, category: "task", "hmac-key": "key", enabled: true };
  const task = await hcp.make("organizations/acme/tasks", "tasks", { ...described, ...attributes });
  const relationships = { task: { data: { type: "tasks", id: task.id } } };
  const use = { "enforcement-level": level, stages: ["post_plan"], stage: "post_plan" };
  await hcp.make(`workspaces/${workspace}/tasks`, "workspace-tasks", use, relationships);
  await hcp.control("POST", "terraform", { workspace: `tasked-${tasks}`, plan: { json: planThatCreates } });
  return workspace;
}

/** Returns what a run tells of its tasks: the stage, and its result. */
export async function taskStageOf(
  hcp: HcpForTests,
  run: string,
): Promise<Record<"stage" | "result", HcpAnswer["body"]>> {
  const { body } = await hcp.call("GET", `runs/${run}?include=task_stages,task_stages.task_results`);
  const attributes = (type: string) => body.included.find((one: { type: string }) => one.type === type).attributes;
  return { stage: attributes("task-stages"), result: attributes("task-results") };
}
