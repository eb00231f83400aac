import { commandLine, start } from "../../operations/command/program";
import { setUp } from "./setup";

const explanation = `
REHEARSAL_CACHE names another folder for what \`setup\` builds and downloads. KUBELAB and CHART_RENDERER name programs that are taken
in place of those that it would build.
`;

const program = commandLine("world", "Runs stand-ins for AWS, GitHub and a control plane, to rehearse in.").addHelpText(
  "after",
  explanation,
);

program
  .command("setup")
  .description("says what is missing on this machine, then builds and downloads once what a world needs")
  .helpOption("--help", "print this help")
  .action(setUp);

start(program);
