import type { Observer } from "../command/call";

/** A cluster's API, and how it is asked. */
export interface KubernetesEndpoint {
  /** Address of the API. */
  readonly server: string;

  /** PEM. */
  readonly certificateAuthority: string;

  readonly token: () => Promise<string>;

  readonly observe: Observer;

  /** Networks that the settings let in. */
  readonly apiAccess: readonly string[];
}
