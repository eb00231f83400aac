import { debugLine, isDebug } from "./debug";

/** Keeps from people what libraries print by themselves, as warnings of Node and of the AWS SDK. With `--debug` it is shown. */
export function hideLibraryWarnings(): void {
  const show = (...parts: readonly unknown[]) => {
    if (isDebug()) {
      debugLine(parts.map(String).join(" "));
    }
  };
  // Node prints its warnings by a listener, too.
  process.removeAllListeners("warning").on("warning", show);
  Object.assign(console, { debug: show, error: show, info: show, log: show, warn: show });
}
