import type { Observer } from "../command/call";

/** The address of a cluster's API, and what a client needs to use it. */
export interface KubernetesEndpoint {
  /** URL. */
  readonly server: string;

  /** PEM. */
  readonly certificateAuthority: string;

  /**
   * Returns a bearer token that is valid now.
   * @param refused - one that the cluster no longer takes: another is returned
   */
  readonly token: (refused?: string) => Promise<string>;

  /** Is told of each call before it is made. */
  readonly observe: Observer;

  /** CIDR blocks that the settings let in from the internet; none for a private endpoint. */
  readonly apiAccess: readonly string[];
}
