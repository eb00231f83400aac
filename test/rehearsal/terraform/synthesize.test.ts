import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { synthesize } from "../../../rehearsal/terraform/synthesize";

const folder = mkdtempSync(join(tmpdir(), "synthesize-"));
const project = join(folder, "project");
const world = join(folder, "world");
const environment = { PATH: process.env.PATH, MARK: "of the world" };

/** An app that writes one stack, and what it was given, as CDKTF's App would find it. */
const app = `
  const fs = require("node:fs");
  const { CDKTF_OUTDIR: out, CDKTF_CONTEXT_JSON, ...environment } = process.env;
  fs.mkdirSync(out + "/stacks/demo-network", { recursive: true });
  fs.writeFileSync(out + "/stacks/demo-network/cdk.tf.json", JSON.stringify({ terraform: { backend: { local: {} } } }));
  fs.writeFileSync(out + "/manifest.json", JSON.stringify({
    stacks: { "demo-network": { name: "demo-network", workingDirectory: "stacks/demo-network" } },
  }));
  fs.writeFileSync(out + "/given.json", JSON.stringify({ cwd: process.cwd(), environment, context: JSON.parse(CDKTF_CONTEXT_JSON) }));
`;

beforeEach(() => {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "app.js"), app);
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(config: object): void {
  writeFileSync(join(project, "cdktf.json"), JSON.stringify(config));
}

test("the app runs in the project with what the CDKTF command would tell it, and writes into the world's folder", async () => {
  const modules = ["./modules/one", { name: "two", source: "../two" }];
  write({
    app: "node app.js",
    context: { feature: true },
    terraformModules: [...modules, "terraform-aws-modules/vpc/aws@5"],
  });

  const stacks = await synthesize({ project, folder: world, environment });

  const stack = join(world, "cdktf.out", "stacks", "demo-network");
  expect(stacks).toEqual([{ name: "demo-network", folder: stack }]);
  expect(JSON.parse(readFileSync(join(stack, "override.tf.json"), "utf8"))).toEqual({
    terraform: { backend: { local: { path: "../../../state/demo-network.tfstate" } } },
  });
  const given = JSON.parse(readFileSync(join(world, "cdktf.out", "given.json"), "utf8"));
  expect(given).toMatchObject({ cwd: project, environment, context: { feature: true, cdktfRelativeModules: modules } });
});

test("an app that fails is reported with what it said, even where an earlier one wrote stacks", async () => {
  write({ app: "node app.js" });
  await synthesize({ project, folder: world, environment });
  write({ app: "echo no such zone >&2" });

  await expect(synthesize({ project, folder: world, environment })).rejects.toThrow(/wrote no stacks\n\nno such zone$/);
});

test.each([
  ["an app that ends without stacks", { app: "true" }, "'true' in"],
  ["a folder without cdktf.json", undefined, "has no cdktf.json"],
])("%s is refused", async (_, config, words) => {
  if (config) {
    write(config);
  }
  await expect(synthesize({ project, folder: world, environment })).rejects.toThrow(words);
});
