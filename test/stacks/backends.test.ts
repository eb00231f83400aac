import { homedir, tmpdir } from "node:os";

import type { ClusterSettings } from "../../schema/settings";
import { textsIn } from "../support/graph";
import { parts, platform } from "../support/synth";

const backends: Record<string, NonNullable<ClusterSettings["backend"]>> = {
  local: { type: "local" },
  s3: { type: "s3", bucket: "acme-terraform-state" },
  cloud: { type: "cloud", organization: "acme", project: "platform" },
};

test.each(Object.keys(backends))("with the backend '%s', no path of a machine is in the stacks", (name) => {
  const stacks = platform({ backend: backends[name] });

  const machine = [process.cwd(), homedir(), `${tmpdir()}/`];

  expect(textsIn(stacks).filter((text) => machine.some((path) => text.includes(path)))).toEqual([]);
});

test.each(Object.keys(backends))(
  "with the backend '%s', every stack has a state of its own, and is read from where it is kept",
  (name) => {
    const stacks = platform({ backend: backends[name] });
    const places = parts.map((part) => {
      const { backend, cloud } = stacks[part].terraform as { backend?: object; cloud?: object };
      return JSON.stringify(backend ?? cloud);
    });
    const state = stacks.bootstrap.data.terraform_remote_state?.network.config;

    expect(new Set(places).size).toBe(3);
    for (const value of [state.path, state.key, state.bucket, state.workspaces?.name, state.organization]) {
      if (value !== undefined) {
        expect(places[0]).toContain(JSON.stringify(value));
      }
    }
  },
);

test("local state lies outside of cdktf.out, which people delete", () => {
  const { backend } = platform().network.terraform as { backend: { local: { path: string } } };

  expect(backend.local.path).toMatch(/^\.\.\/\.\.\/\.\.\/\w/);
});

test("state in S3 is encrypted, and locked without a table", () => {
  const { backend } = platform({ backend: backends.s3 }).cluster.terraform as {
    backend: { s3: Record<string, unknown> };
  };

  expect(backend.s3).toMatchObject({ encrypt: true, use_lockfile: true, region: "eu-central-1" });
  expect(backend.s3).not.toHaveProperty("dynamodb_table");
});

test("HCP Terraform has a workspace named like each stack", () => {
  const { cloud } = platform({ backend: backends.cloud }).cluster.terraform as { cloud: unknown };

  expect(cloud).toMatchObject({ workspaces: { name: "demo-k8s-cilium-cluster", project: "platform" } });
});
