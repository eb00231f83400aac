import { LeavingWorkspaces } from "../../constructs/leaving-workspaces";
import { define } from "../support/define";

const { data } = define((stack) => {
  new LeavingWorkspaces(stack, "leaving", { organization: "acme", staying: ["demo-network", "demo-cluster"] });
});

test("it looks at all workspaces that this made, and that are in the settings no more", () => {
  expect(data["tfe_workspace_ids"]).toMatchObject({ leaving_made: { tag_names: ["eks-cilium-platform"] } });
  expect(data["tfe_workspace"]?.["leaving"]).toMatchObject({
    for_each: expect.stringContaining('data.tfe_workspace_ids.leaving_made.ids), ["demo-network", "demo-cluster"]'),
    name: "${each.value}",
  });
});

test("one that still has resources ends the plan, with what to do", () => {
  expect(data["tfe_workspace"]?.["leaving"].lifecycle.postcondition).toEqual([
    { condition: "${self.resource_count == 0}", error_message: expect.stringContaining("npm run teardown") },
  ]);
});
