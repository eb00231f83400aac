import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { linkPackages } from "../../../rehearsal/change/packages";

const folder = mkdtempSync(join(tmpdir(), "packages-"));

afterAll(() => rmSync(folder, { recursive: true }));

test("all packages are linked, and bundles beside them are not", () => {
  const packages = join(folder, "node_modules");
  mkdirSync(join(packages, "@acme", "one"), { recursive: true });
  mkdirSync(join(packages, ".cache", "programs"), { recursive: true });
  mkdirSync(join(packages, ".bin"));
  writeFileSync(join(packages, "@acme", "one", "index.js"), "1");

  const links = join(folder, "links");
  linkPackages(packages, links);

  expect(readdirSync(links).sort()).toEqual([".bin", "@acme"]);
  expect(readFileSync(join(links, "@acme", "one", "index.js"), "utf8")).toBe("1");
});
