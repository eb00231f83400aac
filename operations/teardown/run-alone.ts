import { createHash } from "node:crypto";

import type { Cluster } from "../../schema/settings";
import { CommandError } from "../command/failure";
import { timeOfDay } from "../command/progress";
import { othersWithFolder, temporaryFolder } from "../command/temporary-folder";

/**
 * Keeps other runs of teardown from this cluster until this process has ended. That covers all checkouts and users of a machine, as long as
 * they have one temporary folder; of those on other machines, Terraform's lock of the state keeps out one.
 * @throws CommandError if another one is at it
 */
export function runAlone(settings: Cluster): void {
  const purpose = `teardown-${digestOf(settings)}`;
  // Each first makes its own, and then looks: of two that start at once, none may go on, and never both.
  temporaryFolder(purpose);
  const [other] = othersWithFolder(purpose);
  if (other) {
    const { pid, folder, since } = other;
    throw new CommandError(
      `a teardown of ${settings.name} is at it already: process ${pid} of this machine, since ${timeOfDay(since)} UTC`,
      {
        next: `let it end, or interrupt it (kill -INT ${pid}), and run this again; if that is another program by now: rm -r ${folder}`,
        exitCode: 2,
      },
    );
  }
}

/** Returns a word for a cluster: others may have its name in another region, account, or AWS, as each world has one of its own. */
function digestOf({ name, region, account }: Cluster): string {
  const identity = JSON.stringify([process.env["AWS_ENDPOINT_URL"] ?? "", account, region, name]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 12);
}
