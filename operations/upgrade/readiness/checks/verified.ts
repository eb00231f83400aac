import type { Cluster } from "../../../../schema/settings";
import { type Check, type CheckOutcome, type CheckResult, holds, runChecks, warning } from "../../../verify/check";
import { checksOf } from "../../../verify/checks/all";
import { counted, namesText } from "../../../verify/wording";

/** Sums up all that verify looks at: what is not well before an upgrade is worse in the middle of it. */
export const verified: Check = {
  id: "verify",
  title: "verify",
  run: async (snapshot) => summary(snapshot.settings, await runChecks(checksOf(snapshot.settings), snapshot)),
};

/** Returns the worst that was found, with the titles of all that are as bad. */
export function summary({ name }: Pick<Cluster, "name">, results: readonly CheckResult[]): CheckOutcome {
  const titles = (state: string) => results.filter((one) => one.state === state).map(({ title }) => title);
  const [wrong, unknown, warned] = [titles("broken"), titles("could not ask"), titles("warning")];
  const next = `npm run verify -- ${name}`;
  if (wrong.length > 0) {
    return {
      state: "broken",
      found: `${counted(wrong.length, "check does", "checks do")} not hold: ${namesText(wrong)}`,
      cause: "verify says it of each",
      next,
    };
  }
  if (unknown.length > 0) {
    return { state: "could not ask", found: `${namesText(unknown)} could not be asked`, next };
  }
  return warned.length > 0
    ? warning(
        `all hold, with ${counted(warned.length, "warning")}: ${namesText(warned)}`,
        "verify says it of each",
        next,
      )
    : holds(`${counted(results.length, "check")}, none broken`);
}
