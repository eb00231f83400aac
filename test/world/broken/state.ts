import { EKSClient } from "@aws-sdk/client-eks";
import { condition } from "../../../rehearsal/world/objects/status";
import type { Cluster } from "../../../schema/settings";
import { type Break, type Change, changed } from "../breaking";
import type { World } from "../world";

export type BrokenStates = Readonly<Record<string, BrokenState>>;

export interface BrokenState {
  /**
   * What is done to the world.
   * @default - nothing: verify is run with other settings
   */
  readonly broken?: (world: World) => Break;
  /** The first lines of all that does not hold then. */
  readonly lines: readonly RegExp[];
  /** With which verify is run. */
  readonly settings?: Partial<Cluster>;
}

export const clusterName = "demo-k8s-cilium";
export const admin = "arn:aws:iam::111122223333:role/platform-admin";

export const eks = () => new EKSClient({ region: "eu-central-1" });

/** @param place - as kubectl names it */
export const object =
  (place: string, change: Change) =>
  ({ kubectl }: World): Break =>
    changed(kubectl, place, change);

/** One of the pods that these labels select. */
export const onePod =
  (namespace: string, selector: string, change: Change) =>
  ({ kubectl }: World): Break =>
  async (act) => {
    const selected = [`--namespace=${namespace}`, `--selector=${selector}`, "--output=name"];
    const [first = ""] = (await kubectl.run(["get", "pods", ...selected])).split("\n");
    return changed(kubectl, `${first} --namespace=${namespace}`, change)(act);
  };

export const notReady = (reason: string, message: string) => ({
  conditions: [condition("Ready", "False", reason, message)],
});
