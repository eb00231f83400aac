import { DataTfeProject } from "@cdktf/provider-tfe/lib/data-tfe-project";
import { Project } from "@cdktf/provider-tfe/lib/project";
import { Construct } from "constructs";

export interface HcpProjectProps {
  readonly name: string;

  /** Whether it is made, or there already. */
  readonly mode: "create" | "existing";
}

/** A project of an organization in HCP Terraform. */
export class HcpProject extends Construct {
  readonly projectId: string;

  constructor(scope: Construct, id: string, props: HcpProjectProps) {
    super(scope, id);
    const { name, mode } = props;
    this.projectId =
      mode === "existing"
        ? new DataTfeProject(this, "Resource", { name }).id
        : // Another name is another project: it is there before workspaces move, and the old one goes once it is empty, as HCP Terraform wants it.
          new Project(this, "Resource", { name, lifecycle: { createBeforeDestroy: true } }).id;
  }
}
