import { clusters as environments } from "../../examples/environments";
import { clusters as hcpTerraform } from "../../examples/hcp-terraform";
import { clusters as privateApi } from "../../examples/private-api";
import { clusters as smallNetwork } from "../../examples/small-network";
import type { ClusterSettings } from "../../schema/settings";

/** Settings that people start from, by the names of their files in examples/. */
export const examples: Record<string, readonly ClusterSettings[]> = {
  "environments.ts": environments,
  "hcp-terraform.ts": hcpTerraform,
  "private-api.ts": privateApi,
  "small-network.ts": smallNetwork,
};
