import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { keepStateIn, putBackStates, type SynthesizedStack } from "../../../rehearsal/terraform/local-state";

const folder = mkdtempSync(join(tmpdir(), "local-state-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a stack's JSON as CDKTF would. */
function stack(name: string, terraform: object, remoteState: object = {}): SynthesizedStack {
  const path = join(folder, "cdktf.out", "stacks", name);
  mkdirSync(path, { recursive: true });
  writeFileSync(
    join(path, "cdk.tf.json"),
    JSON.stringify({ terraform, data: { terraform_remote_state: remoteState } }),
  );
  return { name, folder: path };
}

function override({ folder: path }: SynthesizedStack): unknown {
  return JSON.parse(readFileSync(join(path, "override.tf.json"), "utf8"));
}

const workspaces = { name: "demo-network" };

test.each([
  [
    "in a file",
    { backend: { local: { path: "../../../state/demo-network.tfstate" } } },
    { backend: "local", config: { path: "../../../state/demo-network.tfstate" } },
  ],
  [
    "in S3",
    { backend: { s3: { bucket: "acme", key: "demo/network.tfstate", region: "eu-central-1", use_lockfile: true } } },
    { backend: "s3", config: { bucket: "acme", key: "demo/network.tfstate", region: "eu-central-1" } },
  ],
  [
    "in HCP Terraform",
    { cloud: { organization: "acme", workspaces: { ...workspaces, project: "platform" } } },
    { backend: "remote", config: { organization: "acme", workspaces } },
  ],
  [
    "at another host of HCP Terraform",
    { cloud: { hostname: "app.eu.terraform.io", organization: "acme", workspaces } },
    { backend: "remote", config: { hostname: "app.eu.terraform.io", organization: "acme", workspaces } },
  ],
])("a state that is %s is kept in the folder, and read from there", (_, terraform, remoteState) => {
  const network = stack("demo-network", terraform);
  const cluster = stack("demo-cluster", { backend: { local: { path: "elsewhere" } } }, { network: remoteState });

  keepStateIn(join(folder, "kept"), [network, cluster]);

  const path = "../../../kept/demo-network.tfstate";
  expect(override(network)).toEqual({ terraform: { backend: { local: { path } } } });
  expect(override(cluster)).toEqual({
    terraform: { backend: { local: { path: "../../../kept/demo-cluster.tfstate" } } },
    data: { terraform_remote_state: { network: { backend: "local", config: { path } } } },
  });
});

test.each([
  ["another file", { backend: "local", config: { path: "/other.tfstate" } }, "local /other.tfstate"],
  ["another key", { backend: "s3", config: { bucket: "acme", key: "other" } }, "s3 acme other"],
  [
    "another host",
    { backend: "remote", config: { hostname: "tfe.example", organization: "acme", workspaces } },
    "cloud tfe.example acme demo-network",
  ],
  ["a backend of another kind", { backend: "gcs", config: { bucket: "acme" } }, 'gcs {"bucket":"acme"}'],
])("a state that is none of the stacks' is refused: %s", (_, remoteState, place) => {
  const network = stack("demo-network", { backend: { s3: { bucket: "acme", key: "demo/network.tfstate" } } });
  const cluster = stack("demo-cluster", { cloud: { organization: "acme", workspaces } }, { theirs: remoteState });

  expect(() => keepStateIn(join(folder, "kept"), [network, cluster])).toThrow(
    `demo-cluster reads a state that is none of these stacks': data.terraform_remote_state.theirs, ${place}`,
  );
});

test("states that a Terraform was killed in writing are those of before again, if there are any, and others stay", () => {
  const states = mkdtempSync(join(folder, "states-"));
  for (const [name, text] of [
    ["whole.tfstate", '{"serial":2}'],
    ["whole.tfstate.backup", '{"serial":1}'],
    ["empty.tfstate", ""],
    ["empty.tfstate.backup", '{"serial":1}'],
    ["cut-off.tfstate", '{"serial":'],
    ["cut-off.tfstate.backup", '{"serial":1}'],
    ["first.tfstate", ""],
  ] as const) {
    writeFileSync(join(states, name), text);
  }
  putBackStates(states);

  const found = readdirSync(states).filter((name) => name.endsWith(".tfstate"));
  expect(Object.fromEntries(found.map((name) => [name, readFileSync(join(states, name), "utf8")]))).toEqual({
    "whole.tfstate": '{"serial":2}',
    "empty.tfstate": '{"serial":1}',
    "cut-off.tfstate": '{"serial":1}',
  });
});
