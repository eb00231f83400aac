import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { keptPages } from "../../../../operations/review/serve/kept-pages";

const folder = mkdtempSync(join(tmpdir(), "kept-pages-"));
const page = join(folder, "page.html");
const publicUrl = new URL("https://review.example/tools/");
const limits = { milliseconds: 1_000_000, count: 3, bytes: 100 };
let kept: string;

beforeEach(() => {
  kept = mkdtempSync(join(folder, "kept-"));
  writeFileSync(page, "x".repeat(30), { mode: 0o600 });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const idOf = (url: URL | undefined) => url?.pathname.split("/").at(-1) ?? "";

test("a page has an address below the public one that nobody guesses, and is its owner's alone", () => {
  const pages = keptPages(kept, publicUrl, limits);
  const [one, other] = [pages.keep(page), pages.keep(page)];

  expect(one?.href).toMatch(/^https:\/\/review\.example\/tools\/reports\/[\w-]{43}$/);
  expect(one?.href).not.toBe(other?.href);
  const file = pages.find(idOf(one)) ?? "";
  expect(statSync(file).mode & 0o077).toBe(0);
});

test.each(["", "../kept-pages", "..", "a".repeat(43), `${"a".repeat(42)}/`, "a".repeat(44)])(
  "'%s' is no page",
  (id) => {
    expect(keptPages(kept, publicUrl, limits).find(id)).toBeUndefined();
  },
);

test("the youngest are kept: so many, so many bytes, and so long", () => {
  const pages = keptPages(kept, publicUrl, limits);
  const ids = [1, 2, 3, 4].map((second) => {
    const id = idOf(pages.keep(page));
    const time = Date.now() / 1000 - 100 + second;
    utimesSync(join(kept, `${id}.html`), time, time);
    return id;
  });
  const there = () => ids.map((id) => pages.find(id) !== undefined);

  expect(there()).toEqual([false, true, true, true]);

  writeFileSync(page, "x".repeat(60));
  pages.keep(page);
  expect(there()).toEqual([false, false, false, true]);

  utimesSync(join(kept, `${ids[3]}.html`), 1, 1);
  expect(there()).toEqual([false, false, false, false]);
  expect(readdirSync(kept)).toHaveLength(1);
});

test("a page of a time to come is none of the youngest, as after a clock that was wrong", () => {
  const pages = keptPages(kept, publicUrl, limits);
  const id = idOf(pages.keep(page));
  const toCome = Date.now() / 1000 + 100_000;
  utimesSync(join(kept, `${id}.html`), toCome, toCome);

  expect(pages.find(id)).toBeUndefined();
});

test("a page that is larger than all may be is not kept, and one for which there is no room neither", () => {
  const pages = keptPages(kept, publicUrl, limits);
  writeFileSync(page, "x".repeat(101));
  expect(pages.keep(page)).toBeUndefined();

  writeFileSync(page, "x");
  rmSync(kept, { recursive: true });
  expect(pages.keep(page)).toBeUndefined();
  expect(existsSync(page)).toBe(true);
});
