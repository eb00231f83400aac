import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

import { newId, newSecret } from "./records/identifiers";
import { type Entitlements, type ExecutionMode, newOrganization } from "./records/organization";
import { newProject } from "./records/project";
import { Store } from "./records/store";
import { Runs } from "./runs/runs";
import { ScriptedTerraform } from "./runs/scripted-terraform";
import { type RunTerraform, simulatedTerraform } from "./runs/terraform";
import { certificateIn } from "./server/certificate";
import { HcpServer } from "./server/server";

export interface HcpOptions {
  /** Where it keeps its records, blobs and certificate; made if it is not there. */
  readonly folder: string;
  /** Names of the organizations that are there. */
  readonly organizations: readonly string[];
  /**
   * The token of a user who owns all of them.
   * @default - a random one
   */
  readonly token?: string;
  /**
   * Where it listens on 127.0.0.1.
   * @default 0 - a free port
   */
  readonly port?: number;
  /**
   * Whether it speaks TLS, which Terraform wants, with a certificate of its own.
   * @default true
   */
  readonly tls?: boolean;
  /**
   * Where blobs lie: at a port of their own, as HCP has a host of their own, or below `/_archivist` of the same, as in Terraform Enterprise.
   * @default "apart"
   */
  readonly archivist?: "apart" | "beside";
  /**
   * What the organizations' workspaces run in unless they say otherwise.
   * @default "remote"
   */
  readonly executionMode?: ExecutionMode;
  /**
   * What differs from the free edition.
   * @default - nothing
   */
  readonly entitlements?: Entitlements;
  /**
   * What stands for Terraform in runs that were told nothing.
   * @default - one that destroys what is to be destroyed, and changes nothing otherwise
   */
  readonly terraform?: (store: Store) => RunTerraform;
  /**
   * Whether runs move by `step` alone.
   * @default false
   */
  readonly stepped?: boolean;
  /**
   * How many runs may plan or apply at a time in all.
   * @default - any number
   */
  readonly concurrentRuns?: number;
  /**
   * Milliseconds that a run task has for its result.
   * @default 600000
   */
  readonly taskTimeout?: number;
  /**
   * Milliseconds between attempts to ask a run task that does not answer 200.
   * @default 1000
   */
  readonly taskRetryDelay?: number;
  /**
   * Whether each call is written to standard output.
   * @default false
   */
  readonly logs?: boolean;
}

/** A stand-in that runs. */
export interface Hcp {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** Its name and port, as Terraform's `hostname` takes it. */
  readonly host: string;
  readonly token: string;
  /** File of its certificate; undefined without TLS. */
  readonly certificate: string | undefined;
  /** By which Terraform, its providers and Node's programs find and trust it. A shell cannot set TF_TOKEN_…, which has a colon in its name. */
  readonly environment: Readonly<Record<string, string>>;
  readonly server: HcpServer;
  readonly store: Store;
  readonly runs: Runs;
  /** Takes what the next runs come to. */
  readonly terraform: ScriptedTerraform;
  close(): Promise<void>;
}

export async function startHcp(options: HcpOptions): Promise<Hcp> {
  const { folder, organizations, port = 0, tls = true, archivist = "apart", logs = false } = options;
  const store = new Store(folder);
  const pair = tls ? await certificateIn(folder) : undefined;
  const listeners: RequestListener[] = [];
  const answer: RequestListener = (request, response) => listeners[0]?.(request, response);
  const listen = async (wanted: number): Promise<Server> => {
    const server = pair ? createTlsServer({ cert: pair.certificate, key: pair.key }, answer) : createServer(answer);
    // After Node's 5 seconds, a client that takes up a connection again may find it closed in the middle of a call.
    server.keepAliveTimeout = 120_000;
    await once(server.listen(wanted, "127.0.0.1"), "listening");
    return server;
  };
  const servers = [await listen(port), ...(archivist === "apart" ? [await listen(0)] : [])];
  const [url = "", apart = `${url}/_archivist`] = servers.map((server) => {
    return `http${tls ? "s" : ""}://localhost:${(server.address() as AddressInfo).port}`;
  });
  const token = seed(store, options);
  const terraform = new ScriptedTerraform((options.terraform ?? simulatedTerraform)(store));
  const runs = new Runs(store, {
    origin: url,
    terraform,
    stepped: options.stepped ?? false,
    concurrentRuns: options.concurrentRuns ?? Number.POSITIVE_INFINITY,
    taskTimeout: options.taskTimeout ?? 600_000,
    taskRetryDelay: options.taskRetryDelay ?? 1000,
  });
  const server = new HcpServer({ store, runs, terraform, origin: url, archivist: apart, logs });
  listeners.push((request, response) => {
    server.handle(request, response).catch((thrown) => {
      process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
      response.destroy();
    });
  });
  runs.driveAll();
  const host = new URL(url).host;
  return {
    url,
    host,
    token,
    certificate: pair?.file,
    environment: environmentOf(host, token, organizations[0] ?? "", pair?.file),
    server,
    store,
    runs,
    terraform,
    async close() {
      runs.close();
      await Promise.all(servers.map((one) => closed(one)));
      store.save();
    },
  };
}

/** Adds the organizations that are not there yet, and the token of who owns them; returns its secret. */
function seed(store: Store, { organizations, token, executionMode = "remote", entitlements = {} }: HcpOptions): string {
  for (const name of organizations.filter((one) => store.organizations.get(one) === undefined)) {
    const organization = store.organizations.add(newOrganization(name, executionMode, entitlements));
    store.projects.add(newProject(organization.defaultProject, name, "Default Project"));
  }
  const present = store.tokens.all.find(({ name }) => name === "owner");
  const secret = token ?? present?.id ?? newSecret();
  store.tokens.add({
    id: secret,
    kind: "user",
    holder: present?.holder ?? newId("user"),
    name: "owner",
    organizations,
    workspaces: null,
    permission: "admin",
    run: null,
    taskResult: null,
    expires: null,
  });
  store.save();
  return secret;
}

function environmentOf(host: string, token: string, organization: string, certificate: string | undefined) {
  return {
    TF_CLOUD_HOSTNAME: host,
    TF_CLOUD_ORGANIZATION: organization,
    TFE_HOSTNAME: host,
    TFE_TOKEN: token,
    TFE_ORGANIZATION: organization,
    [`TF_TOKEN_${host}`]: token,
    ...(certificate === undefined ? {} : { SSL_CERT_FILE: certificate, NODE_EXTRA_CA_CERTS: certificate }),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
