import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startControlPlane, stopControlPlane } from "../../rehearsal/kubernetes/control-plane";

/** A real API server, without controllers. */
export interface ApiServer {
  /** Runs kubectl, and throws what it says if it fails. */
  kubectl(args: readonly string[], input?: string): string;

  /** Makes objects, or changes them. */
  apply(object: object): void;

  /** Returns what the API server says of each object, had it been asked to keep it. Throws what it refuses. */
  dryRun(manifests: string): string[];

  stop(): Promise<void>;
}

export async function startApiServer(): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), "api-server-"));
  const { kubeconfig } = await startControlPlane({ folder, only: "api" });
  const kubectl = (args: readonly string[], input?: string) =>
    execFileSync("kubectl", args, {
      encoding: "utf8",
      env: { ...process.env, KUBECONFIG: kubeconfig },
      maxBuffer: 64 * 1024 * 1024,
      ...(input === undefined ? {} : { input }),
    });
  const apply = ["apply", "--server-side", "--force-conflicts", "--filename", "-"];
  return {
    kubectl,
    apply: (object) => void kubectl(apply, JSON.stringify(object)),
    dryRun: (manifests) =>
      kubectl([...apply, "--dry-run=server"], manifests)
        .trim()
        .split("\n"),
    stop: async () => {
      await stopControlPlane(folder);
      rmSync(folder, { recursive: true });
    },
  };
}
