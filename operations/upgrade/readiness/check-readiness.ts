import type { Release } from "../../../releases/release";
import type { Cluster } from "../../../schema/settings";
import { readsOnly } from "../../command/call";
import { hasColour } from "../../command/colour";
import { interruptible } from "../../command/interruption";
import { connect } from "../../connection";
import { exitCode } from "../../verify/check";
import { verificationJson, verificationText } from "../../verify/results-text";
import { verification } from "../../verify/verification";
import { readinessChecks } from "./checks/all";

/**
 * Says whether a cluster may be upgraded, and changes nothing. The process then ends as verify does: with 0 if all hold, warnings aside;
 * with 2 if some do not; with 1 if some could not be asked, or were not.
 * @param next - the release that is ahead; undefined if there is none
 * @throws CommandError if there are no AWS credentials, or those of another account
 */
export async function checkReadiness(
  settings: Cluster,
  next: Release | undefined,
  format: "terminal" | "json",
): Promise<void> {
  const found = await interruptible("interrupted; nothing was changed", async (signal) => {
    // Synth and plans, which take longest, say how far they are.
    const results = await verification(connect(settings, readsOnly), readinessChecks(next, signal));
    // A check that was interrupted counts as one that could not be asked.
    signal.throwIfAborted();
    return results;
  });
  process.stdout.write(
    format === "json" ? verificationJson(found) : verificationText(found, hasColour(process.stdout)),
  );
  // What nobody looked at does not hold.
  const isUnasked = found.checks.some(({ state }) => state === "not asked");
  process.exitCode = exitCode(found.checks) || (isUnasked ? 1 : 0);
}
