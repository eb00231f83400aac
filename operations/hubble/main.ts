import { Command, InvalidArgumentError } from "commander";

import { type Call, isRead, readsOnly } from "../command/call";
import { settingsOf } from "../command/cluster-settings";
import { Failure } from "../command/failure";
import { connect } from "../connection";
import { forward } from "./forward";

async function main(clusterName: string, { port }: { readonly port: number }): Promise<void> {
  const { kubernetes } = connect(settingsOf(clusterName), readsAndForwards);
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    // Not once: npm passes on what the terminal has sent already.
    process.on(name, () => process.exit(0));
  }
  await forward({ kubernetes, port, say: (line) => process.stdout.write(`${line}\n`) });
}

function readsAndForwards(call: Call): void {
  if (!(isRead(call) || (call.system === "kubernetes" && call.resource === "pods/portforward"))) {
    readsOnly(call);
  }
}

const explanation = `
Ends with 0 when it was ended (Ctrl-C, SIGTERM), with 1 if it could not start.
`;

new Command("npm run hubble --")
  .description("Forwards Hubble's UI to this machine, to its loopback address alone. Changes nothing.")
  .argument("<cluster>", "a cluster of settings.ts")
  .option("--port <PORT>", "on this machine; 0 is any that is free", portOf, 8080)
  .addHelpText("after", explanation)
  .action(main)
  .parseAsync()
  .catch((failure: Error) => {
    const next = failure instanceof Failure ? `  next: ${failure.next}\n` : "";
    process.stderr.write(`error: ${failure.message}\n${next}`);
    process.exit(1);
  });

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("Write a number up to 65535.");
  }
  return port;
}
