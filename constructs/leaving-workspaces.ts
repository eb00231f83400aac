import { DataTfeWorkspace } from "@cdktf/provider-tfe/lib/data-tfe-workspace";
import { DataTfeWorkspaceIds } from "@cdktf/provider-tfe/lib/data-tfe-workspace-ids";
import { Fn, TerraformIterator } from "cdktf";
import { Construct } from "constructs";

import { workspaceTag } from "../platform/hcp";

export interface LeavingWorkspacesProps {
  readonly organization: string;

  /** Names of the workspaces that stay. */
  readonly staying: readonly string[];
}

/**
 * Ends a plan that would delete a workspace with resources in its state. HCP Terraform refuses that too, but in the middle of the apply, when
 * the workspace has lost its settings, and what the provider proposes then is to delete it with its state.
 */
export class LeavingWorkspaces extends Construct {
  constructor(scope: Construct, id: string, props: LeavingWorkspacesProps) {
    super(scope, id);
    const { organization, staying } = props;
    const made = new DataTfeWorkspaceIds(this, "made", { organization, tagNames: [workspaceTag] });
    const names = TerraformIterator.fromList(Fn.setsubtract(Fn.keys(made.ids), [...staying]));
    const workspace = new DataTfeWorkspace(this, "Workspace", { forEach: names, organization, name: names.value });
    workspace.lifecycle = {
      postcondition: [
        {
          condition: "${self.resource_count == 0}",
          errorMessage:
            "The workspace ${self.name} still has ${self.resource_count} resources, and its cluster is in settings.ts no more. Put it back as it was (git log -p -- settings.ts), take it down with npm run teardown, and then take it out.",
        },
      ],
    };
  }
}
