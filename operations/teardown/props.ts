import type { Cluster } from "../../schema/settings";
import type { Clock } from "../command/clock";
import type { connect } from "../connection";
import type { Stacks } from "./stacks";

export interface TeardownProps {
  readonly settings: Cluster;
  /** Whether PersistentVolumeClaims are deleted, with their data. */
  readonly deleteVolumes: boolean;
  readonly disableDeletionProtection: boolean;
  readonly dryRun: boolean;
  /** Whether to go on without the Kubernetes API, and so without what only controllers could do. */
  readonly withoutApi: boolean;
  /** Undefined for those who destroy the stacks elsewhere. */
  readonly stacks: Stacks | undefined;
  /** Throws unless somebody agrees to what was shown. */
  readonly confirm: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /**
   * Opens the connection through which AWS and the cluster are asked.
   * @default connect
   */
  readonly connector?: typeof connect;
  /** @default systemClock */
  readonly clock?: Clock;
}
