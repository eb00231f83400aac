import { DataTfeVariables } from "@cdktf/provider-tfe/lib/data-tfe-variables";
import { Fn } from "cdktf";
import type { Construct } from "constructs";

/** Returns, as an expression, whether a workspace has a token for GitHub, and what to do if not. Its value is seen by nobody. */
export function githubTokenState(scope: Construct, id: string, workspaceId: string): string {
  const names = new DataTfeVariables(scope, id, { workspaceId }).interpolationForAttribute("env[*].name");
  const missing =
    "is missing: add GITHUB_TOKEN to the workspace's variables, as a sensitive environment variable (one of a variable set is not seen here, but by npm run verify)";
  return Fn.conditional(Fn.contains(names, "GITHUB_TOKEN"), "is set", missing);
}
