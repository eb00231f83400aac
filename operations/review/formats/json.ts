import type { Report } from "../report/report";

/**
 * A report as JSON on one line.
 * @throws Error if V8 has no string that is long enough, which has about 500 million characters
 */
export function json(report: Report): string {
  try {
    return `${JSON.stringify(report)}\n`;
  } catch (failure) {
    throw failure instanceof RangeError
      ? new Error("the report is too large for JSON: review fewer stacks at once, or take another --format")
      : failure;
  }
}
