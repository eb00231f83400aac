/**
 * Returns the folder that synth writes stacks to and commands plan them in: `cdktf.out`, or what CDKTF's own variable names.
 * It is absolute, or relative to the project's folder.
 */
export function outputFolder({ CDKTF_OUTDIR }: NodeJS.ProcessEnv): string {
  return CDKTF_OUTDIR || "cdktf.out";
}
