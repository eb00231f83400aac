import { hcpHost, type Organization } from "../../platform/hcp";
import { apiOf, type Hcp } from "./api";
import { findToken, tokenFor } from "./terraform-cli-config";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the host of an organization as Terraform's `cloud` block finds it: settings.ts names it, or else a variable may. */
export function apiHost({ hostname }: Organization, { TF_CLOUD_HOSTNAME }: Environment): string {
  return hostname ?? (TF_CLOUD_HOSTNAME || hcpHost);
}

/**
 * Opens the way to an organization's host, as whoever is logged in to it.
 * @throws CommandError if nobody is, or if it does not answer
 */
export async function connectHcp(organization: Organization, environment: Environment): Promise<Hcp> {
  const host = apiHost(organization, environment);
  const token = tokenFor(host, { environment });
  return { api: await apiOf(`https://${host}`), token };
}

/** Returns whether somebody is logged in to an organization's host. In a world nobody is, since its runs would be real ones. */
export function isLoggedIn(organization: Organization, environment: Environment): boolean {
  return (
    !environment["REHEARSAL_WORLD"] && findToken(apiHost(organization, environment), { environment }) !== undefined
  );
}
