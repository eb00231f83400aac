import { stackName } from "../../platform/parts";
import { type Clock, systemClock } from "../command/clock";
import { Failure } from "../command/failure";
import { forgetResources, readState, type StateEntry, stateEntries } from "../hcp/state";
import { environmentNames, findWorkspace, type Workspace } from "../hcp/workspaces";
import type { Plan } from "../terraform/plan/plan";
import { type DestroyRunProps, destroyByRun } from "./destroy-run";
import type { Stack, Stacks } from "./stacks";

export interface HcpStacksProps extends Pick<DestroyRunProps, "hcp" | "organization" | "confirm"> {
  /** @default systemClock */
  readonly clock?: Clock;
}

/** Returns the stacks as HCP Terraform knows them, by their workspaces. */
export function hcpStacks(props: HcpStacksProps): Stacks {
  const absent = new Set<string>();
  return {
    destroyer: "HCP Terraform",
    open: (part, { connection, signal, say }) => {
      const cluster = connection.settings.name;
      return new HcpStack({ ...props, cluster, stack: stackName(cluster, part), signal, say, absent });
    },
  };
}

interface HcpStackProps extends HcpStacksProps, Pick<DestroyRunProps, "cluster" | "signal" | "say"> {
  readonly stack: string;
  /** Stacks of which was said that they have no workspace: each is looked for again and again. */
  readonly absent: Set<string>;
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
    const { hcp, organization, absent, say } = this.props;
    this.workspace = await findWorkspace(hcp, organization, this.stack);
    if (!this.workspace && !absent.has(this.stack)) {
      absent.add(this.stack);
      say(`${hcp.api.host} has no workspace ${this.stack} in ${organization}, or none that your token may see`);
    }
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
    await this.warnOfMissingToken();
    await destroyByRun({ ...props, clock, workspace: this.found() }, onPlan);
  }

  /** Agents may have a token of their own, so that a run without one is somebody's to decide. */
  private async warnOfMissingToken(): Promise<void> {
    const hasFiles = (await this.addresses()).some((address) => /(?:^|\.)github_\w+\./.test(address));
    // Not everybody who may start runs sees the variables.
    const names = hasFiles ? await environmentNames(this.props.hcp, this.found()).catch(() => undefined) : undefined;
    if (names && !names.includes("GITHUB_TOKEN")) {
      this.props.say(
        `  ${this.stack} has no GITHUB_TOKEN: unless its agents have one, the run takes the files in the repository for gone, and leaves them there`,
      );
    }
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
