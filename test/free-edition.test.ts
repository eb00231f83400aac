import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { App } from "cdktf";

import { isInCloud } from "../schema/cloud-cluster";
import { type ClusterSettings, checkSettings } from "../schema/settings";
import { freeEditionWarnings } from "../stacks/free-edition";
import { removeModuleCopies } from "../stacks/module-copies";
import { defineStacks } from "../stacks/platform";
import { context } from "../stacks/platform-stack";
import { inCloud } from "./support/workspaces";

/** What is said of clusters in one organization, each with these settings of its backend. */
function said(count: number, backend: Parameters<typeof inCloud>[0] = {}, changes: Partial<ClusterSettings> = {}) {
  const settings = Array.from({ length: count }, (_, index) =>
    inCloud(backend, { ...changes, name: `cluster-${index}`, cidrBlock: `10.${index}.0.0/16` }),
  );
  const { clusters } = checkSettings(settings);
  const outdir = mkdtempSync(join(tmpdir(), "platform-free-"));
  const app = new App({ outdir, context, skipValidation: true });
  try {
    defineStacks(app, clusters);
    return freeEditionWarnings(app, clusters.filter(isInCloud));
  } finally {
    removeModuleCopies(app);
    rmSync(outdir, { recursive: true });
  }
}

test("one cluster is within the free edition, with a run task too", () => {
  expect(said(1, { runTask: { url: "https://review.acme.example" } })).toEqual([]);
});

test("what six clusters have beyond it is counted, and named", () => {
  expect(said(6, { runTask: { url: "https://review.acme.example" } })).toEqual([
    expect.stringMatching(/^acme: [56]\d\d resources, of which it holds 500, in the free edition of HCP Terraform$/),
    "acme: 6 clusters, whose runs wait for one another, since it runs one at a time, in the free edition of HCP Terraform",
    "acme: a run task in 18 workspaces, of which it takes 10, in the free edition of HCP Terraform",
  ]);
});

test("another host has no such edition", () => {
  expect(said(2, { hostname: "tfe.acme.example" })).toEqual([]);
});
