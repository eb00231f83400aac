import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runAlone } from "../../../operations/teardown/run-alone";
import { cluster } from "../../support/settings";

// Jest keeps variables from Node's own modules.
jest.mock("node:os", () => {
  const os = jest.requireActual("node:os");
  return { ...os, tmpdir: () => process.env["TMPDIR"] ?? os.tmpdir() };
});

const home = process.env["TMPDIR"];
const folder = mkdtempSync(join(tmpdir(), "run-alone-"));
const settings = cluster({ name: "demo" });
let other: ReturnType<typeof spawn>;
let lock: string;

beforeAll(() => {
  process.env["TMPDIR"] = folder;
  other = spawn("sleep", ["600"]);
  runAlone(settings);
  const [own = ""] = readdirSync(folder);
  lock = join(folder, own.replace(/-\d+-\w{6}$/, `-${other.pid}-AbCdEf`));
});

afterAll(async () => {
  other.kill();
  rmSync(folder, { recursive: true });
  if (home === undefined) {
    delete process.env["TMPDIR"];
  } else {
    process.env["TMPDIR"] = home;
  }
});

test("a second run is refused while the first is at it, and hears which that is", () => {
  mkdirSync(lock);

  expect(() => runAlone(settings)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        new RegExp(`^a teardown of demo is at it already: process ${other.pid} of this machine, since \\S+ UTC$`),
      ),
      next: expect.stringContaining(`kill -INT ${other.pid}`),
      exitCode: 2,
    }),
  );
});

test.each([
  ["another name", cluster({ name: "demo-2" })],
  ["another region", cluster({ name: "demo", region: "eu-west-1", zones: ["eu-west-1a", "eu-west-1b"] })],
])("a cluster of %s is taken down beside it", (_, settings) => {
  expect(() => runAlone(settings)).not.toThrow();
});

test("a run whose process is gone keeps nobody out, and what it left is removed", async () => {
  other.kill("SIGKILL");
  await once(other, "close");

  expect(() => runAlone(settings)).not.toThrow();
  expect(readdirSync(folder).map((name) => join(folder, name))).not.toContain(lock);
});
