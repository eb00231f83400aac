import { type Command, Option } from "commander";

import { stackParts } from "../../platform/parts";
import { commandLine } from "../command/program";
import { addReportOptions, fileNamed, type ReportRequest } from "./report-options";
import { addServeOptions, canonicalHost, type ServeOptions, type ServeRequest } from "./serve-options";

/** What somebody wants to be reviewed, and how the report is wanted. */
export interface ReviewRequest extends ReportRequest {
  readonly origin: Origin;
  /** Stacks that are asked for; all, if none is. */
  readonly stacks: readonly string[];
}

/** Where plans come from. */
export type Origin =
  | { readonly kind: "cluster"; readonly cluster: string; readonly refresh: boolean }
  | { readonly kind: "saved"; readonly files: readonly string[] }
  | { readonly kind: "hcp"; readonly runs: readonly string[]; readonly host: string };

const examples = `
Examples:
  npm run review -- demo-k8s-cilium
      plans every stack of this cluster that can be planned
  npm run review -- demo-k8s-cilium --stack network cluster --refresh=false
      these two, without a look at what is really there
  terraform show -json plan | npm run --silent review -- --plan -
      one plan; files and - can be several
  npm run review -- --plan network.json cluster.json --format markdown --output comment.md
      what terraform show -json printed, for a pull request
  npm run review -- --hcp-run run-CZcmD7eagjhyX0vN --format html --output review.html
      a run of HCP Terraform, as a page
  RUN_TASK_HMAC_KEY=... npm run review -- --serve 8080 --public-url https://plan-review.example.com
      every run of HCP Terraform, as its run task, until it is ended

Exit codes:
  0  there is nothing of what --fail-on names
  2  there is something of it
  1  the command failed, or a stack could not be planned; one that waits for another to be applied does not count
  130  it was interrupted; --serve, which is ended that way, ends with 0
`;

/** Returns the command, which hands a review that is asked for to `run`, and a run task to `serve`. */
export function reviewCommand(
  run: (request: ReviewRequest) => Promise<void>,
  serve: (request: ServeRequest) => Promise<void>,
): Command {
  const command = commandWithOptions();
  return command.action(() => {
    const served = serveRequestOf(command);
    return served === undefined ? run(requestOf(command)) : serve(served);
  });
}

/** Returns what is asked for with `--serve`; undefined without it. */
function serveRequestOf(command: Command): ServeRequest | undefined {
  const { serve, publicUrl, data, hcpHost, failOn, silences } = command.opts<Options>();
  if (serve === undefined) {
    if (publicUrl !== undefined || data !== undefined) {
      command.error(`error: ${publicUrl === undefined ? "--data" : "--public-url"} goes with --serve alone`);
    }
    return undefined;
  }
  if (command.args.length > 0) {
    command.error("error: got a cluster and --serve, which reviews what HCP Terraform asks for");
  }
  const host = canonicalHost(hcpHost);
  if (host === undefined) {
    command.error(`error: --hcp-host is '${hcpHost}', which is no host; write it as in app.terraform.io`);
  }
  return { address: serve, hcpHost: host, publicUrl, dataFolder: data, failOn, silences };
}

function requestOf(command: Command): ReviewRequest {
  const { plan, hcpRun, hcpHost, refresh, stack, format, output, failOn, silences } = command.opts<Options>();
  const [cluster] = command.args;
  const origins: Origin[] = [
    ...(cluster === undefined ? [] : [{ kind: "cluster", cluster, refresh: refresh === "true" } as const]),
    ...(plan ? [{ kind: "saved", files: plan } as const] : []),
    ...(hcpRun ? [{ kind: "hcp", runs: hcpRun, host: hcpHost } as const] : []),
  ];
  const [origin, ...others] = origins;
  if (!origin || others.length > 0) {
    const got = origins.map(({ kind }) => names[kind]).join(" and ") || "nothing to review";
    command.error(`error: got ${got}; name one cluster, or give --plan, or --hcp-run, or --serve`);
  }
  return { origin, stacks: stack ?? [], format, output, failOn, silences };
}

const names = { cluster: "a cluster", saved: "--plan", hcp: "--hcp-run" };

type Options = ReportRequest &
  ServeOptions & {
    readonly plan: readonly string[] | undefined;
    readonly hcpRun: readonly string[] | undefined;
    readonly hcpHost: string;
    readonly refresh: "true" | "false";
    readonly stack: readonly string[] | undefined;
  };

function files(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name === "-" ? name : fileNamed(name)];
}

function commandWithOptions(): Command {
  const command = commandLine("review", "Shows first what matters of Terraform's plans.")
    .usage("[options] <cluster> | --plan FILE... | --hcp-run RUN... | --serve ADDRESS")
    .argument("[cluster]", "a cluster of settings.ts: its stacks are synthesized and planned")
    .option("--plan <FILE...>", "plans as 'terraform show -json' prints them; - is standard input", files)
    .option("--hcp-run <RUN...>", "runs of HCP Terraform")
    .addOption(
      new Option("--hcp-host <HOST>", "where the runs are").env("TF_CLOUD_HOSTNAME").default("app.terraform.io"),
    )
    .option("--stack <PART...>", `these stacks alone: ${stackParts.join(", ")}, or a full name`)
    .addOption(
      new Option("--refresh <BOOLEAN>", "whether Terraform looks at what is really there")
        .choices(["true", "false"])
        .default("true")
        .conflicts(["plan", "hcpRun"]),
    );
  return addServeOptions(addReportOptions(command)).addHelpText("after", examples);
}
