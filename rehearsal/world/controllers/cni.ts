import { existsSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";

import { systemNamespace } from "../../../platform/names";
import type { Kubectl } from "../kubectl";
import { cniReadyFile, standinJournal } from "../world-files";

/**
 * Has nodes join from the moment at which Cilium is there, and not before. Stand-ins for Helm's provider write what they were asked to do;
 * the real one makes Cilium's DaemonSet. Returns what ends the watch.
 */
export function watchCilium(folder: string, kubectl: Kubectl): () => void {
  const marker = join(folder, cniReadyFile);
  const mark = (isThere: boolean) => {
    if (!isThere) {
      rmSync(marker, { force: true });
    } else if (!existsSync(marker)) {
      writeFileSync(marker, "");
    }
  };
  const objects = kubectl.objects();
  const look = async () => {
    const released = releasedByStandin(join(folder, standinJournal));
    if (released !== undefined) {
      mark(released);
      return;
    }
    const sets = await objects.list({ apiVersion: "apps/v1", kind: "DaemonSet" }, "k8s-app=cilium");
    mark(sets.some(({ metadata: { namespace } }) => namespace === systemNamespace));
  };
  const tolerant = () => void look().catch(() => undefined);
  // A node group is made within milliseconds of Cilium's release.
  const watcher = watch(folder, tolerant).on("error", () => undefined);
  const timer = setInterval(tolerant, 1_000);
  return () => {
    watcher.close();
    clearInterval(timer);
  };
}

/** What a stand-in for a provider writes of one resource. */
interface StandinEntry {
  readonly op: "apply" | "configure" | "destroy";
  readonly type: string;
  readonly name: string;
}

/** Returns whether Cilium is released; undefined if no stand-in has ever been asked to. */
function releasedByStandin(journal: string): boolean | undefined {
  const text = existsSync(journal) ? readFileSync(journal, "utf8") : "";
  const last = text
    .split("\n")
    // The last line may be half written.
    .slice(0, -1)
    .map((line): StandinEntry => JSON.parse(line))
    .findLast(({ op, type, name }) => op !== "configure" && type === "helm_release" && name === "cilium");
  return last && last.op === "apply";
}
