import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { copyProject } from "../../rehearsal/terraform/project-copy";
import { isUp } from "../../rehearsal/world/up";
import { variablesOf } from "../../rehearsal/world/world-files";
import { inSharedNetwork, podSubnets, sharedNetwork } from "../support/settings";
import { farCluster } from "./far-cluster";
import { runAtTerminal, runProgram } from "./project";

const { name } = farCluster;
const program = "rehearsal/life/main.ts";
const folder = mkdtempSync(join(tmpdir(), "rehearse-"));
const project = join(folder, "project");

beforeAll(() => copyProject(".", project, farCluster));

afterAll(() => rmSync(folder, { recursive: true }));

/** Returns the world's folder, which a rehearsal prints. */
function worldIn(output: string): string {
  return /^plans and logs: (\S+)/m.exec(output)?.[1] ?? "";
}

// A whole life takes minutes, and other suites run beside it.
test("a cluster as far from the demo as settings can be lives from the first apply to the last destroy", async () => {
  const { code, output, errors } = await runProgram(project, {
    program,
    words: [name],
    environment: { TMPDIR: folder },
  });

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  const world = worldIn(output);
  expect(output).toMatch(/^- backend 's3': .* globex-terraform-state is not asked$/m);
  expect(output).toMatch(/^- deployRole: arn:aws-us-gov:iam::222233334444:role\/pipelines\/deployer is there/m);
  expect(output).toMatch(/^apply network .* \d+ created$/m);
  expect(output).toMatch(/^plan all stacks again .* empty$/m);
  expect(output).toMatch(/^verify .* \d+ hold$/m);
  expect(output).toMatch(/^teardown .* \d+ steps$/m);
  expect(output).toMatch(/^what is left .* nothing in AWS; GitHub as before, and what was made is archived$/m);
  expect(isUp(world)).toBe(false);
  expect(readFileSync(join(world, "teardown.log"), "utf8")).toContain(`${name} is taken down.`);
  expect(readdirSync(join(world, "platform")).filter((file) => file.endsWith(".json"))).toHaveLength(3);
}, 1_200_000);

test("a cluster in a VPC that another account shares, with subnets for pods alone, lives there by ids, and leaves everything of it as it was", async () => {
  const settings = inSharedNetwork({ ingress: "nlb", network: { ...sharedNetwork, podSubnets } });
  const other = join(folder, "in-shared-network");
  copyProject(".", other, settings);
  const { code, output, errors } = await runProgram(other, {
    program,
    words: [settings.name],
    environment: { TMPDIR: folder },
  });

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(output).toMatch(/^- network: one of another account, .* stands in for vpc-/m);
  expect(output).toMatch(/^plan all stacks again .* empty$/m);
  expect(output).toMatch(/^verify .* \d+ hold$/m);
  expect(output).toMatch(/^the network that was there .* as before$/m);
}, 1_200_000);

test("Ctrl-C ends it, and the world with it", async () => {
  const { code, output } = await runAtTerminal(project, { program, words: [name], environment: { TMPDIR: folder } }, [
    [/apply network {2}terraform apply/, "\x03"],
  ]);

  expect(code).toBe(130);
  expect(output).toContain("error: interrupted; the world is gone, plans and logs stay");
  const world = worldIn(output.replaceAll("\r", ""));
  expect(isUp(world)).toBe(false);
  await expect(fetch(variablesOf(world)["AWS_ENDPOINT_URL"] ?? "")).rejects.toThrow("fetch failed");
});
