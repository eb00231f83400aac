import { InvalidArgumentError } from "commander";

import { type Call, isRead, readsOnly } from "../command/call";
import { clusterSettings } from "../command/cluster-settings";
import { endOnInterruption } from "../command/interruption";
import { commandLine, start } from "../command/program";
import { showLiveLine } from "../command/progress";
import { connect } from "../connection";
import { forward } from "./forward";

async function main(clusterName: string | undefined, { port }: { readonly port: number }): Promise<void> {
  const { kubernetes } = connect(clusterSettings(clusterName, "npm run hubble --"), readsAndForwards);
  endOnInterruption(0);
  const progress = showLiveLine("hubble");
  progress.phase("looking for Hubble's UI");
  const say = (line: string) => {
    progress.clear();
    process.stdout.write(`${line}\n`);
  };
  await forward({ kubernetes, port, say }).finally(progress.clear);
}

function readsAndForwards(call: Call): void {
  if (!(isRead(call) || (call.system === "kubernetes" && call.resource === "pods/portforward"))) {
    readsOnly(call);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("Write a number up to 65535.");
  }
  return port;
}

const explanation = `
Ends with 0 when it was ended (Ctrl-C, SIGTERM, nobody reads what it prints), with 1 if it could not start.
`;

const program = commandLine(
  "hubble",
  "Forwards Hubble's UI to this machine, to its loopback address alone. Changes nothing.",
)
  .usage("[options] <cluster>")
  .argument("[cluster]", "a cluster of settings.ts")
  .option("--port <PORT>", "on this machine; 0 is any that is free", portOf, 8080)
  .addHelpText("after", explanation)
  .action(main);

start(program, () => process.exit());
