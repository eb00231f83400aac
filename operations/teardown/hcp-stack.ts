import { stackName } from "../../platform/parts";
import { type Clock, systemClock } from "../command/clock";
import { Failure } from "../command/failure";
import { forgetResources, readState, type StateEntry, stateEntries } from "../hcp/state";
import { findWorkspace, type Workspace } from "../hcp/workspaces";
import type { Plan } from "../terraform/plan/plan";
import { type DestroyRunProps, destroyByRun } from "./destroy-run";
import type { Stack, Stacks } from "./stacks";

export interface HcpStacksProps extends Pick<DestroyRunProps, "hcp" | "organization" | "confirm"> {
  /** @default systemClock */
  readonly clock?: Clock;
}

/** Returns the stacks as HCP Terraform knows them, by their workspaces. */
export function hcpStacks(props: HcpStacksProps): Stacks {
  return {
    destroyer: "HCP Terraform",
    open: (part, { connection, signal, say }) => {
      const cluster = connection.settings.name;
      return new HcpStack({ ...props, cluster, stack: stackName(cluster, part), signal, say });
    },
  };
}

interface HcpStackProps extends HcpStacksProps, Pick<DestroyRunProps, "cluster" | "signal" | "say"> {
  readonly stack: string;
}

/** A stack whose state and runs are in a workspace of HCP Terraform. It needs no Terraform here. */
export class HcpStack implements Stack {
  readonly stack: string;

  private workspace: Workspace | undefined;

  constructor(private readonly props: HcpStackProps) {
    this.stack = props.stack;
  }

  commandLine(words: string): string {
    return `terraform -chdir=cdktf.out/stacks/${this.stack} ${words}`;
  }

  async init(): Promise<void> {
    this.workspace = await findWorkspace(this.props.hcp, this.props.organization, this.stack);
  }

  async addresses(id?: string): Promise<string[]> {
    const found = (await this.resources()).filter((one) => !one.isDeposed && (id === undefined || one.id === id));
    return found.map(({ address }) => address);
  }

  async deposedIds(): Promise<string[]> {
    return (await this.resources()).flatMap(({ isDeposed, id }) => (isDeposed && id !== undefined ? [id] : []));
  }

  async ids(): Promise<string[]> {
    return (await this.resources()).flatMap(({ id }) => id ?? []);
  }

  async inputAt(address: string): Promise<unknown> {
    return (await this.resources()).find((one) => one.address === address)?.input;
  }

  async forget(addresses: readonly string[]): Promise<void> {
    await forgetResources(this.props.hcp, this.found(), addresses);
  }

  async destroy({ onPlan }: { readonly onPlan: (plan: Plan) => void }): Promise<void> {
    const { clock = systemClock, ...props } = this.props;
    await destroyByRun({ ...props, clock, workspace: this.found() }, onPlan);
  }

  private found(): Workspace {
    if (!this.workspace) {
      throw new Failure("nothing there", `there is no workspace ${this.stack}`, "run this again");
    }
    return this.workspace;
  }

  private async resources(): Promise<readonly StateEntry[]> {
    const state = this.workspace && (await readState(this.props.hcp, this.workspace));
    return state === undefined ? [] : stateEntries(state);
  }
}
