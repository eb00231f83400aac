import { ClusterWorkspaces, type ClusterWorkspacesProps } from "../../constructs/cluster-workspaces";
import { define } from "../support/define";

function workspaces(props: Partial<ClusterWorkspacesProps> = {}) {
  return define((stack) => {
    new ClusterWorkspaces(stack, "demo", { clusterName: "demo", projectId: "prj-1", ...props });
  }).resource;
}

const id = (part: string) => `\${tfe_workspace.demo_${part}.id}`;

test("each workspace has the name of its stack, and is not deleted while it has resources", () => {
  const found = Object.values(workspaces()["tfe_workspace"] ?? {});

  expect(found.map(({ name }) => name).sort()).toEqual(["demo-bootstrap", "demo-cluster", "demo-network"]);
  for (const workspace of found) {
    expect(workspace).toMatchObject({ queue_all_runs: false, allow_destroy_plan: true, force_delete: false });
    expect(workspace.tag_names).toContain("eks-cilium-platform");
  }
});

test("where a workspace runs and who reads it stands in its settings: on the workspace itself, both are deprecated", () => {
  for (const workspace of Object.values(workspaces({ agentPoolId: "apool-1" })["tfe_workspace"] ?? {})) {
    for (const deprecated of ["execution_mode", "agent_pool_id", "remote_state_consumer_ids", "global_remote_state"]) {
      expect(workspace).not.toHaveProperty(deprecated);
    }
  }
});

test("a stack's state is read by the stacks after it, and by nobody else", () => {
  const settings = workspaces()["tfe_workspace_settings"] ?? {};

  expect(settings["demo_network"].remote_state_consumer_ids).toEqual([id("cluster"), id("bootstrap")]);
  expect(settings["demo_cluster"].remote_state_consumer_ids).toEqual([id("bootstrap")]);
  expect(settings["demo_bootstrap"].remote_state_consumer_ids).toEqual([]);
  expect(Object.values(settings).map(({ global_remote_state }) => global_remote_state)).toEqual([false, false, false]);
});

test("no apply starts by itself, and a plan does once the stack before it was applied", () => {
  const { tfe_run_trigger: triggers, tfe_workspace_settings: settings = {} } = workspaces();

  expect(triggers).toMatchObject({
    demo_cluster: { workspace_id: id("cluster"), sourceable_id: id("network") },
    demo_bootstrap: { workspace_id: id("bootstrap"), sourceable_id: id("cluster") },
  });
  expect(Object.values(settings).map(({ auto_apply }) => auto_apply)).toEqual([false, false, false]);
});

test("agents run the bootstrap stack alone", () => {
  expect(workspaces({ agentPoolId: "apool-1" })["tfe_workspace_settings"]).toMatchObject({
    demo_network: { execution_mode: "remote" },
    demo_cluster: { execution_mode: "remote" },
    demo_bootstrap: { execution_mode: "agent", agent_pool_id: "apool-1" },
  });
});

test.each([
  ["https://hooks.slack.com/services/T0/B0/x", "slack"],
  ["https://acme.webhook.office.com/webhookb2/x", "microsoft-teams"],
  ["https://prod-1.westeurope.logic.azure.com/workflows/x", "microsoft-teams"],
  ["https://alerts.acme.example/hcp", "generic"],
  ["https://hooks.slack.com.acme.example/x", "generic"],
])("%s is told as %s", (notificationUrl, type) => {
  expect(workspaces({ notificationUrl })["tfe_notification_configuration"]?.["demo_network"]).toMatchObject({
    destination_type: type,
    url: notificationUrl,
    triggers: ["run:needs_attention", "run:errored"],
    enabled: true,
  });
});

test("what is not wanted is not there", () => {
  expect(Object.keys(workspaces()).sort()).toEqual(["tfe_run_trigger", "tfe_workspace", "tfe_workspace_settings"]);
});
