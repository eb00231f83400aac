import { stackName } from "../../../platform/parts";
import { broken, type Check, holds, notAsked } from "../check";

/** A run of the bootstrap stack without a token takes the files in the repository for gone, or fails at the first of them. */
export const githubTokenOfRuns: Check = {
  id: "github-token-of-runs",
  title: "token for GitHub of runs",
  async run(snapshot) {
    const { name, backend } = snapshot.settings;
    const workspace = stackName(name, "bootstrap");
    const variables = await snapshot.runVariables();
    if (variables === undefined) {
      const host = (backend.type === "cloud" && backend.hostname) || "";
      return notAsked(`nobody is logged in to where ${workspace} is run`, `terraform login ${host}`.trim());
    }
    return variables.includes("GITHUB_TOKEN")
      ? holds(`${workspace} has GITHUB_TOKEN`)
      : broken(
          `${workspace} has no GITHUB_TOKEN`,
          "it was never set, or was taken out: nobody but you sets it",
          `add GITHUB_TOKEN to the variables of ${workspace}, as a sensitive environment variable`,
        );
  },
};
