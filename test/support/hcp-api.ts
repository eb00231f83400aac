import type { Hcp } from "../../operations/hcp/api";
import type { HcpForTests } from "./hcp";

/** The way to a stand-in for HCP Terraform, as whoever has a token for it. */
export function apiOfStandIn({ hcp: { url } }: HcpForTests, token = "secret"): Hcp {
  return { api: new URL(`${url}/api/v2/`), token };
}
