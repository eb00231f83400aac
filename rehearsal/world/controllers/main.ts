import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { awsAccess } from "../aws-access";
import { Kubectl, type KubernetesObject } from "../kubectl";
import { keptByFlux, kubeconfigOf, readWorldFile, variablesOf } from "../world-files";
import { watchCilium } from "./cni";
import { startControllers } from "./controllers";
import { serveHubbleUi } from "./hubble-ui";

// What stands in for controllers in the world of a folder, until SIGTERM. The world starts it, not people.
const [folder = ""] = process.argv.slice(2);
const { cluster, hubbleUi } = readWorldFile(folder);
const kubectl = new Kubectl(kubeconfigOf(folder));

function kept(): readonly KubernetesObject[] {
  const file = join(folder, keptByFlux);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

watchCilium(folder, kubectl);
serveHubbleUi(hubbleUi);
startControllers({
  cluster,
  kubectl,
  access: awsAccess(variablesOf(folder)),
  kept,
  // Several worlds may run on one small machine, and each look asks AWS and the API server a dozen times.
  interval: 4_000,
  onFailure: (controller, thrown) => process.stderr.write(`${new Date().toISOString()} ${controller}: ${thrown}\n`),
});
