import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { type CacheEntry, cached, cacheFolder, entryFolder, isCached } from "../../../rehearsal/setup/cache";

const environment = process.env;
const { signal } = new AbortController();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cache-"));
  process.env = { ...environment, REHEARSAL_CACHE: folder };
});

afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

function entry(made: string, ...decidedBy: string[]): CacheEntry {
  return {
    name: "thing",
    title: "the thing",
    decidedBy,
    make: async (to) => writeFileSync(join(to, "file"), made),
  };
}

test("an entry is made once, whatever it would be the second time", async () => {
  await cached(entry("first", "a"), signal);
  const path = await cached(entry("second", "a"), signal);

  expect(readFileSync(join(path, "file"), "utf8")).toBe("first");
});

test("what decides an entry's content decides where it is", () => {
  const folders = [[], ["a"], ["b"], ["a", "b"], ["ab"], ["b", "a"]].map((words) => entryFolder(entry("", ...words)));

  expect(new Set(folders).size).toBe(folders.length);
});

test("two that make one entry at a time get the same folder, and leave nothing else", async () => {
  const paths = await Promise.all([cached(entry("one", "a"), signal), cached(entry("other", "a"), signal)]);

  expect(new Set(paths).size).toBe(1);
  expect(readdirSync(folder)).toHaveLength(1);
});

test("an entry that could not be made is not there, nor any part of it", async () => {
  const failing: CacheEntry = {
    ...entry("", "a"),
    make: async (to) => {
      writeFileSync(join(to, "half"), "");
      throw new Error("no network");
    },
  };

  await expect(cached(failing, signal)).rejects.toThrow("no network");
  expect(isCached(failing)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

test("an entry that somebody deleted is made again", async () => {
  const path = await cached(entry("x", "a"), signal);
  rmSync(path, { recursive: true });
  await cached(entry("x", "a"), signal);

  expect(existsSync(join(path, "file"))).toBe(true);
});

test("without REHEARSAL_CACHE, it is in the user's folder for caches", () => {
  process.env = {};
  expect(cacheFolder()).toBe(join(homedir(), ".cache", "rehearsal"));

  process.env = { XDG_CACHE_HOME: "/var/cache" };
  expect(cacheFolder()).toBe("/var/cache/rehearsal");
});
