import type { Run } from "../records/run";
import type { Applied, Planned, RunTerraform } from "./terraform";

/** What the next run of a workspace comes to. */
export interface Script {
  /** Its id. */
  readonly workspace: string;
  readonly plan: Planned;
  readonly apply: Applied;
}

/** A Terraform that does what it was told for the next run of a workspace, and otherwise what another does. */
export class ScriptedTerraform implements RunTerraform {
  private scripts: readonly Script[] = [];
  private readonly taken = new Map<string, Script>();

  constructor(private readonly otherwise: RunTerraform) {}

  script(script: Script): void {
    this.scripts = [...this.scripts, script];
  }

  async plan(run: Run): Promise<Planned> {
    const script = this.scripts.find(({ workspace }) => workspace === run.workspace);
    if (script === undefined) {
      return this.otherwise.plan(run);
    }
    this.scripts = this.scripts.filter((one) => one !== script);
    this.taken.set(run.id, script);
    return script.plan;
  }

  async apply(run: Run): Promise<Applied> {
    return this.taken.get(run.id)?.apply ?? this.otherwise.apply(run);
  }
}
