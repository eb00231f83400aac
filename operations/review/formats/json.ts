import { visibleJson } from "../../../platform/visible-text";
import { CommandError } from "../../command/failure";
import type { Report } from "../report/report";

/**
 * Returns a report as JSON on one line.
 * @throws CommandError if V8 has no string that is long enough, which has about 500 million characters
 */
export function json(report: Report): string {
  try {
    return `${visibleJson(report)}\n`;
  } catch (failure) {
    throw failure instanceof RangeError
      ? new CommandError("the report is too large for JSON", {
          next: "review fewer stacks at once with --stack, or take another --format",
        })
      : failure;
  }
}
