import { Command } from "commander";

/** Reads the arguments of synth, of which there are none: answers `--help`, refuses all others, and ends the program then. */
export function readCommandLine(): void {
  new Command("npm run synth --")
    .description(
      "Checks settings.ts, and writes three stacks of Terraform JSON for each cluster to cdktf.out/stacks, and with HCP Terraform one for each organization.",
    )
    .helpOption("--help", "print this help")
    .addHelpText(
      "after",
      "\nCDKTF_OUTDIR names another folder than cdktf.out. Ends with 0 when the stacks are written, with 1 if it says why they are not.",
    )
    .showHelpAfterError("  next: npm run synth, which takes no arguments and writes the stacks of all clusters")
    .parse();
}
