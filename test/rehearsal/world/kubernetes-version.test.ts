import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { kubelabOf, newestMinor } from "../../../rehearsal/kubernetes/kubelab";
import { entryFolder } from "../../../rehearsal/setup/cache";
import { programEntry } from "../../../rehearsal/setup/go-program";
import { worldKubernetes } from "../../../rehearsal/world/kubernetes-version";
import { newestRelease, releases } from "../../../releases/all";

const environment = process.env;
const [older] = releases;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubernetes-version-"));
  process.env = { ...environment, REHEARSAL_CACHE: folder };
});

afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

test("a world of the newest release has its Kubernetes, and nothing is said of it", () => {
  expect(worldKubernetes({ release: newestRelease.name })).toEqual({ version: newestMinor, notice: undefined });
});

test("where the Kubernetes of an older release is not built, the world has the newest, and says how to get the other", () => {
  const { version, notice } = worldKubernetes({ release: older.name });

  expect(version).toBe(newestMinor);
  expect(notice).toContain(`release ${older.name} has ${older.kubernetes.version}, which is not built`);
  expect(notice).toContain(`npm run world -- setup --kubernetes ${older.kubernetes.version}`);
});

test("where it is built, the world has it", () => {
  mkdirSync(entryFolder(programEntry(kubelabOf(older.kubernetes.version))));

  expect(worldKubernetes({ release: older.name })).toEqual({ version: older.kubernetes.version, notice: undefined });
});
