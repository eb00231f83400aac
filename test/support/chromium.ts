import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { type Browser, chromium } from "playwright-core";

/**
 * Starts Chromium without a window: the one of the environment variable CHROMIUM, or else the one on the PATH.
 * @throws if there is none
 */
export function startChromium(): Promise<Browser> {
  const onPath = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "chromium"));
  const executablePath = process.env["CHROMIUM"] ?? onPath.find((file) => existsSync(file));
  if (executablePath === undefined) {
    throw new Error("no Chromium: install Debian's package 'chromium', or set CHROMIUM to the path of one");
  }
  return chromium.launch({ executablePath });
}
