import { join } from "node:path";

import { run } from "./run";

/** By the program of its own: it loads CDKTF, which takes longer than all else here. */
export async function synthesize(signal: AbortSignal): Promise<void> {
  const { code, errors } = await run(process.execPath, [join("scripts", "run.mjs"), "main.ts"], { signal });
  if (code !== 0) {
    throw new Error(`synth failed\n\n${errors.trim()}`);
  }
}
