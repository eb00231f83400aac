import { createHmac } from "node:crypto";

import type { ConfigurationVersion } from "../records/configuration-version";
import type { Run } from "../records/run";
import type { RunTask, Stage, TaskResult } from "../records/run-task";
import type { Workspace } from "../records/workspace";
import { type Answer, deliver } from "./deliver";

/** What a task is told of a run. */
export interface TaskCall {
  /** Where the stand-in is, without a slash at the end. */
  readonly origin: string;
  readonly run: Run;
  readonly workspace: Workspace;
  readonly configurationVersion: ConfigurationVersion;
  readonly stage: Stage;
  readonly result: TaskResult;
  readonly token: string;
}

/** Returns the request that asks a task about a run (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks/run-tasks-integration). */
export function taskPayload({ origin, run, workspace, configurationVersion, stage, result, token }: TaskCall) {
  const { id, organization, attributes } = workspace;
  const page = `${origin}/app/${organization}/${attributes.name}`;
  const repository = attributes["vcs-repo"];
  const isUploaded = configurationVersion.status === "uploaded";
  return {
    payload_version: 1,
    stage,
    access_token: token,
    capabilities: { outcomes: true },
    configuration_version_download_url: isUploaded
      ? `${origin}/api/v2/configuration-versions/${configurationVersion.id}/download`
      : null,
    configuration_version_id: configurationVersion.id,
    is_speculative: run.attributes["plan-only"],
    organization_name: organization,
    ...(stage === "pre_plan" ? {} : { plan_json_api_url: `${origin}/api/v2/plans/${run.plan.id}/json-output` }),
    run_app_url: `${page}/runs/${run.id}`,
    run_created_at: run.createdAt,
    run_created_by: run.createdBy.name,
    run_id: run.id,
    run_message: run.attributes.message,
    task_result_callback_url: `${origin}/api/v2/task-results/${result.callback}/callback`,
    task_result_enforcement_level: result.enforcementLevel,
    task_result_id: result.id,
    vcs_branch: repository?.branch ?? null,
    vcs_commit_url: null,
    vcs_pull_request_url: null,
    vcs_repo_url: repository === null ? null : `https://github.com/${repository.identifier}`,
    workspace_app_url: page,
    workspace_id: id,
    workspace_name: attributes.name,
    workspace_working_directory: attributes["working-directory"] ?? "",
  };
}

/** Returns the request by which HCP tries a task's address when the task is made or changed. */
export function testPayload(origin: string, organization: string) {
  return {
    payload_version: 1,
    stage: "test",
    access_token: "test-token",
    capabilities: { outcomes: true },
    configuration_version_download_url: null,
    configuration_version_id: null,
    is_speculative: false,
    organization_name: organization,
    plan_json_api_url: null,
    run_app_url: null,
    run_created_at: null,
    run_created_by: null,
    run_id: null,
    run_message: null,
    task_result_callback_url: `${origin}/api/v2/task-results/test/callback`,
    task_result_enforcement_level: "test",
    task_result_id: null,
    vcs_branch: null,
    vcs_commit_url: null,
    vcs_pull_request_url: null,
    vcs_repo_url: null,
    workspace_app_url: null,
    workspace_id: null,
    workspace_name: null,
    workspace_working_directory: null,
  };
}

/** Sends a task its request, signed with its key; without one, the signature is empty. */
export function askTask(task: Pick<RunTask, "hmacKey" | "attributes">, payload: object): Promise<Answer> {
  const body = JSON.stringify(payload);
  const { hmacKey, attributes } = task;
  const signature = hmacKey === null ? "" : createHmac("sha512", hmacKey).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "user-agent": "TFC/1.0 (+https://app.terraform.io; TFC)",
    "x-tfc-task-signature": signature,
  };
  return deliver(attributes.url, headers, body);
}
