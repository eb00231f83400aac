import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readPayload } from "../../../../operations/review/serve/payload";
import { unfinishedTasks } from "../../../../operations/review/serve/unfinished-tasks";
import { payload } from "../../../support/run-task-host";

const key = "a-key-that-nobody-else-has";
const host = "app.terraform.io";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unfinished-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function task(id: string) {
  const body = payload(host, id);
  const read = readPayload(body, host);
  if (read === undefined) {
    throw new Error("no task");
  }
  return { body, read };
}

test("a task is kept until it is removed, and read by who has the key", () => {
  const [one, other] = [task("taskrs-1"), task("taskrs-2")];
  const kept = unfinishedTasks(folder, key);
  kept.keep(one.read, one.body);
  kept.keep(one.read, one.body);
  kept.keep(other.read, other.body);
  kept.remove(other.read);

  expect(unfinishedTasks(folder, key).bodies()).toEqual([one.body]);
  expect(readdirSync(folder)).toHaveLength(1);
});

test("a task that is gone on with stays as old as it is", () => {
  const { body, read } = task("taskrs-1");
  const kept = unfinishedTasks(folder, key);
  kept.keep(read, body);
  const [name = ""] = readdirSync(folder);
  const minutesAgo = Date.now() / 1000 - 600;
  utimesSync(join(folder, name), minutesAgo, minutesAgo);
  kept.keep(read, body);

  expect(statSync(join(folder, name)).mtimeMs).toBeCloseTo(minutesAgo * 1000, -1);
});

test("nothing of a task can be read in its file, which is its owner's alone", () => {
  const { body, read } = task("taskrs-1");
  unfinishedTasks(folder, key).keep(read, body);
  const [name = ""] = readdirSync(folder);
  const file = join(folder, name);

  expect(readFileSync(file, "latin1") + name).not.toMatch(/atlasv1|taskrs|acme|demo/);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test("what is of another key, cut off, altered or an hour old is removed", () => {
  const kept = unfinishedTasks(folder, key);
  const files = ["other", "cut", "altered", "old"].map((id) => {
    const { body, read } = task(id);
    const before = readdirSync(folder);
    (id === "other" ? unfinishedTasks(folder, "another-key-than-ours") : kept).keep(read, body);
    const [name = ""] = readdirSync(folder).filter((one) => !before.includes(one));
    return join(folder, name);
  });
  const [, cut = "", altered = "", old = ""] = files;
  writeFileSync(cut, readFileSync(cut).subarray(0, 20));
  const content = readFileSync(altered);
  content[40] = (content[40] ?? 0) ^ 1;
  writeFileSync(altered, content);
  utimesSync(old, 1, 1);

  expect(kept.bodies()).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});
