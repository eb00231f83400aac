import { execFile } from "node:child_process";

/** An object as it is written, with the status that its controller would write. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly status?: unknown;
  readonly [member: string]: unknown;
}

/** The administrator of one cluster. */
export class Kubectl {
  /** @param kubeconfig - of a cluster on a loopback address */
  constructor(private readonly kubeconfig: string) {}

  async run(args: readonly string[], input?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { env: { ...process.env, KUBECONFIG: this.kubeconfig }, maxBuffer: 64 * 1024 * 1024 };
      const child = execFile("kubectl", [...args], options, (failure, output) =>
        failure ? reject(failure) : resolve(output),
      );
      child.stdin?.end(input ?? "");
    });
  }

  /** Makes these objects what they should be, whatever they are, their status too. */
  async put(objects: readonly KubernetesObject[]): Promise<void> {
    const apply = ["apply", "--server-side", "--force-conflicts", "--field-manager=world", "--filename=-"];
    await this.run(apply, list(objects.map(({ status, ...object }) => object)));
    const withStatus = objects.filter(({ status }) => status !== undefined);
    if (withStatus.length > 0) {
      await this.run([...apply, "--subresource=status", "--validate=false"], list(withStatus.map(statusOnly)));
    }
  }

  async apply(manifests: string): Promise<void> {
    await this.run(["apply", "--server-side", "--force-conflicts", "--field-manager=world", "--filename=-"], manifests);
  }

  /** Changes members of an object: `patch("configmap/x", { data: { a: "b" } }, { namespace: "y" })`. */
  async patch(
    object: string,
    change: unknown,
    { namespace, status = false }: { namespace?: string; status?: boolean } = {},
  ): Promise<void> {
    await this.run([
      "patch",
      object,
      "--type=merge",
      `--patch=${JSON.stringify(change)}`,
      ...(namespace ? [`--namespace=${namespace}`] : []),
      ...(status ? ["--subresource=status"] : []),
    ]);
  }
}

/** A status alone can be applied without the rest, which its controller does not own. */
function statusOnly({ apiVersion, kind, metadata: { name, namespace }, status }: KubernetesObject): object {
  return { apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) }, status };
}

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}
