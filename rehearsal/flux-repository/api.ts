import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { text } from "node:stream/consumers";
import { KubeConfig } from "@kubernetes/client-node";

import { CommandError } from "../../operations/command/failure";
import type { Manifest } from "./objects";

/** A kind, as an API server serves it in one version. */
export interface ServedKind {
  readonly group: string;
  /** `v1`, `v1beta1`. */
  readonly version: string;
  readonly kind: string;
  /** Its plural, as paths have it. */
  readonly resource: string;
  readonly isNamespaced: boolean;
}

/** What an API server says of an object. */
export interface Answer {
  readonly isTaken: boolean;
  /** Why it is not taken; empty if it is. */
  readonly reason: string;
  /** Of its headers `Warning`: what is taken today, and deprecated. */
  readonly warnings: readonly string[];
}

interface Discovery {
  readonly items: readonly {
    readonly metadata: {
      /** @default - it is the group of `v1`, which has no name */
      readonly name?: string;
    };
    readonly versions: readonly {
      readonly version: string;
      /** @default - the version has none */
      readonly resources?: readonly {
        readonly resource: string;
        readonly responseKind: { readonly kind: string };
        readonly scope: "Namespaced" | "Cluster";
      }[];
    }[];
  }[];
}

const discoveryType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** The API of one cluster, on a loopback address, as its administrator. */
export class Api {
  private readonly server: string;
  private readonly agent: Agent;

  constructor(
    kubeconfig: string,
    private readonly signal: AbortSignal,
  ) {
    const config = new KubeConfig();
    config.loadFromString(readFileSync(kubeconfig, "utf8"));
    const [cluster, user] = [config.getCurrentCluster(), config.getCurrentUser()];
    const pem = (data: string | undefined) => Buffer.from(data ?? "", "base64");
    this.server = cluster?.server ?? "";
    this.agent = new Agent({
      ca: pem(cluster?.caData),
      cert: pem(user?.certData),
      key: pem(user?.keyData),
      keepAlive: true,
      maxSockets: 8,
    });
  }

  /** Returns every kind that is served, once for each version. */
  async kinds(): Promise<ServedKind[]> {
    const all = await Promise.all(["/api", "/apis"].map((path) => this.get<Discovery>(path, discoveryType)));
    return all
      .flatMap(({ items }) => items)
      .flatMap(({ metadata: { name: group = "" }, versions }) =>
        versions.flatMap(({ version, resources = [] }) =>
          resources.map(({ resource, responseKind: { kind }, scope }) => ({
            ...{ group, version, kind, resource },
            isNamespaced: scope === "Namespaced",
          })),
        ),
      );
  }

  /** Returns the groups that CustomResourceDefinitions have brought. */
  async groupsOfDefinitions(): Promise<Set<string>> {
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const { items } = await this.get<{ readonly items: readonly { readonly spec: { readonly group: string } }[] }>(
      path,
    );
    return new Set(items.map(({ spec }) => spec.group));
  }

  /** Applies an object, as Flux does: server-side, and with its conflicts won. With `dryRun`, nothing is kept. */
  async apply(manifest: Manifest, kind: ServedKind, dryRun: boolean): Promise<Answer> {
    const { name, namespace } = manifest.metadata;
    const query = new URLSearchParams({
      fieldManager: "kustomize-controller",
      force: "true",
      fieldValidation: "Strict",
    });
    if (dryRun) {
      query.set("dryRun", "All");
    }
    const base = kind.group === "" ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
    const within = kind.isNamespaced ? `/namespaces/${encodeURIComponent(namespace ?? "default")}` : "";
    const path = `${base}${within}/${kind.resource}/${encodeURIComponent(name)}?${query}`;
    const { status, body, warnings } = await this.send("PATCH", path, {
      headers: { "content-type": "application/apply-patch+yaml" },
      body: JSON.stringify(manifest),
    });
    return status < 300
      ? { isTaken: true, reason: "", warnings }
      : { isTaken: false, reason: reasonIn(body), warnings };
  }

  private async get<T>(path: string, accept = "application/json"): Promise<T> {
    const { status, body } = await this.send("GET", path, { headers: { accept }, body: "" });
    if (status !== 200) {
      throw new CommandError(`the API server answers ${status} to GET ${path}\n${body}`);
    }
    return JSON.parse(body);
  }

  private async send(
    method: string,
    path: string,
    { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  ): Promise<{ status: number; body: string; warnings: string[] }> {
    const content = Buffer.from(body);
    return new Promise((resolve, reject) => {
      const sent = request(`${this.server}${path}`, {
        ...{ method, agent: this.agent, signal: this.signal },
        headers: { ...headers, "content-length": content.length },
      });
      sent.on("error", reject);
      sent.on("response", (answer) => {
        const warnings = answer.headersDistinct["warning"] ?? [];
        text(answer)
          .then((read) => resolve({ status: answer.statusCode ?? 0, body: read, warnings: warnings.map(wordsIn) }))
          .catch(reject);
      });
      sent.end(content);
    });
  }
}

/** Returns the words of a header such as `299 - "policy/v1beta1 PodDisruptionBudget is deprecated"`. */
function wordsIn(warning: string): string {
  const [, quoted] = /^\d+ \S+ ("(?:[^"\\]|\\.)*")/.exec(warning) ?? [];
  return quoted === undefined ? warning : quoted.slice(1, -1).replaceAll(/\\(.)/g, "$1");
}

/** Returns the message of a Status, or the whole answer if it is none. */
function reasonIn(body: string): string {
  try {
    const { message } = JSON.parse(body);
    return typeof message === "string" ? message : body;
  } catch {
    return body;
  }
}
