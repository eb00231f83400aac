import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { runProgram } from "../../operations/command/run-program";
import { runRoles } from "../../schema/run-roles";
import type { Cluster } from "../../schema/settings";
import { freePort } from "../kubernetes/addresses";
import { type ControlPlaneOptions, startControlPlane, stopControlPlane } from "../kubernetes/control-plane";
import { stopProcesses } from "../kubernetes/processes";
import { machineEnvironment } from "./environment";
import { networkAtStart } from "./existing-network";
import { servicesRangeOf } from "./services-range";
import { cniReadyFile, readVariables } from "./world-files";

export interface ServersProps {
  /** Whose account, region, principals and repository there are. */
  readonly cluster: Cluster;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Says what is being started. */
  readonly phase: (name: string) => void;
  readonly controlPlane: Pick<ControlPlaneOptions, "apiServerFlags" | "podPorts">;
}

/** Starts AWS, GitHub and a control plane on loopback. Returns the variables by which programs find AWS and GitHub. */
export async function startServers(props: ServersProps): Promise<Record<string, string>> {
  const { folder, cluster, signal, phase, controlPlane } = props;
  // Of an earlier world in this folder.
  rmSync(join(folder, cniReadyFile), { force: true });
  // The API server asks AWS whose a token is, and AWS says where the API server is: one port has to be chosen ahead.
  const port = await freePort();
  phase("control plane");
  const { address, certificateAuthority } = await startControlPlane({
    ...controlPlane,
    folder: join(folder, "kubernetes"),
    servicesRange: servicesRangeOf(cluster),
    authentication: `http://127.0.0.1:${port}/_rehearsal/token-review`,
    signal,
  });
  phase("AWS");
  const { account, region, admins, access, deployRole, controlPlane: settings } = cluster;
  // Those of runs in HCP Terraform nobody assumes here, and EKS lets in only whom IAM has.
  const runs = Object.values(runRoles(cluster) ?? {});
  const network = networkAtStart(cluster);
  const principals = [...admins, ...runs, ...access.map(({ principal }) => principal)];
  await run(
    "aws",
    [
      ...["--port", `${port}`, "--account", account, "--region", region, "--admin", ...principals],
      ...(deployRole === undefined ? [] : ["--deployer", deployRole]),
      ...(settings.secretsKeyArn === undefined ? [] : ["--key", settings.secretsKeyArn]),
      ...(network === undefined ? [] : ["--network", JSON.stringify(network)]),
    ],
    props,
    {
      CNI_READY_FILE: join(folder, cniReadyFile),
      REHEARSAL_CLUSTER_ENDPOINT: address,
      REHEARSAL_CLUSTER_CA: readFileSync(certificateAuthority, "base64"),
    },
  );
  phase("GitHub");
  const { owner, name, mode } = cluster.repository;
  await run("github", ["--owner", owner, ...(mode === "existing" ? ["--repository", name] : [])], props);
  return { ...readVariables(join(folder, "aws", "env")), ...readVariables(join(folder, "github", "env")) };
}

/** Ends what was started in a folder, and nothing else. What is not there any more is no mistake. */
export async function stopServers(folder: string): Promise<void> {
  const { signal } = new AbortController();
  const stop = (server: "aws" | "github") =>
    runProgram(join("rehearsal", server, "stop"), [join(folder, server)], { signal });
  await stopProcesses(folder);
  // Whatever becomes of one, the others are ended.
  const ends = [stop("github"), stop("aws"), stopControlPlane(join(folder, "kubernetes"))];
  const failed = (await Promise.allSettled(ends)).find(({ status }) => status === "rejected");
  if (failed) {
    throw (failed as PromiseRejectedResult).reason;
  }
}

async function run(
  server: "aws" | "github",
  words: readonly string[],
  { folder, signal }: Pick<ServersProps, "folder" | "signal">,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const program = join("rehearsal", server, "start");
  const { code, errors } = await runProgram(program, [...words, join(folder, server)], {
    signal,
    environment: { ...machineEnvironment(process.env), ...environment },
  });
  if (code !== 0) {
    throw new CommandError(`${program} ended with code ${code}\n${errors.trim()}`);
  }
}
