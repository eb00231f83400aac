import { execFile } from "node:child_process";
import { KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";
import { CommandError } from "../../operations/command/failure";
import { type ObjectClient, objectClient } from "../../operations/kubernetes/objects";
import { kubelab } from "../kubernetes/kubelab";
import { goProgram } from "../setup/go-program";

/** An object as it is written, with the status that its controller would write. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** @default - it is in no namespace */
    readonly namespace?: string;
    /** @default - none */
    readonly labels?: Readonly<Record<string, string>>;
    /** @default - none */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** @default - no controller writes one */
  readonly status?: object;
  readonly [member: string]: unknown;
}

interface Written {
  readonly metadata: { readonly generation: number | undefined };
}

/** The administrator of one cluster. */
export class Kubectl {
  /** @param kubeconfig - of a cluster on a loopback address */
  constructor(private readonly kubeconfig: string) {}

  /** Returns the objects of the cluster. */
  objects(): ObjectClient {
    const config = new KubeConfig();
    config.loadFromFile(this.kubeconfig);
    return objectClient(KubernetesObjectApi.makeApiClient(config));
  }

  async run(args: readonly string[], input?: string): Promise<string> {
    const program = await goProgram(kubelab, new AbortController().signal);
    return new Promise((resolve, reject) => {
      const options = { env: { ...process.env, KUBECONFIG: this.kubeconfig }, maxBuffer: 64 * 1024 * 1024 };
      const child = execFile(program, ["kubectl", ...args], options, (failure, output, errors) =>
        failure ? reject(new CommandError(`kubectl ${args[0]} failed\n${errors.trim()}`)) : resolve(output),
      );
      child.stdin?.end(input ?? "");
    });
  }

  /** Makes these objects what they should be, whatever they are, their status too. */
  async put(objects: readonly KubernetesObject[]): Promise<void> {
    const apply = ["apply", "--server-side", "--force-conflicts", "--field-manager=world", "--filename=-"];
    const written = await this.run([...apply, "--output=json"], list(objects.map(({ status, ...object }) => object)));
    const answer = JSON.parse(written) as Written & { readonly items: readonly Written[] | undefined };
    // In the same order; one alone is no list.
    const { items = [answer] } = answer;
    const statuses = objects.flatMap((object, index) => {
      const { generation } = items[index]?.metadata ?? {};
      return object.status === undefined ? [] : [statusOnly(object, generation)];
    });
    if (statuses.length > 0) {
      await this.run([...apply, "--subresource=status", "--validate=false"], list(statuses));
    }
  }

  async apply(manifests: string): Promise<void> {
    await this.run(["apply", "--server-side", "--force-conflicts", "--field-manager=world", "--filename=-"], manifests);
  }
}

/** A status alone can be applied without the rest, which its controller does not own. */
function statusOnly(
  { apiVersion, kind, metadata: { name, namespace }, status }: KubernetesObject,
  generation: number | undefined,
): object {
  const read = status && "observedGeneration" in status ? { observedGeneration: generation } : {};
  return { apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) }, status: { ...status, ...read } };
}

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}
