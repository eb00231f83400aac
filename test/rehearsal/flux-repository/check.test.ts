import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expectCheckable } from "../../../rehearsal/flux-repository/check";
import { newestRelease, releases } from "../../../releases/all";
import { type Cluster, checkSettings } from "../../../schema/settings";
import { clusters } from "../../../settings";

const environment = process.env;
const [older] = releases;
const [cluster] = checkSettings(clusters).clusters as [Cluster];
let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "check-"));
  mkdirSync(join(repository, "clusters", cluster.name), { recursive: true });
  process.env = { ...environment, REHEARSAL_CACHE: repository };
});

afterEach(() => {
  process.env = environment;
  rmSync(repository, { recursive: true });
});

test("another Kubernetes than the release's does not judge in its place", () => {
  expect(() => expectCheckable({ cluster: { ...cluster, release: older.name }, repository })).toThrow(
    expect.objectContaining({
      message: `the control plane of Kubernetes ${older.kubernetes.version}, which release ${older.name} has, is not built`,
      next: `npm run world -- setup --kubernetes ${older.kubernetes.version}`,
    }),
  );
});

test("the newest Kubernetes is built when it is needed", () => {
  expect(() => expectCheckable({ cluster: { ...cluster, release: newestRelease.name }, repository })).not.toThrow();
});
