import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fluxCheckout } from "../../../rehearsal/flux-repository/checkout";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "checkout-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("a checkout has a folder of the cluster, in which Flux begins", () => {
  mkdirSync(join(folder, "clusters", "demo"), { recursive: true });

  expect(fluxCheckout(folder, "demo")).toEqual({ root: folder, entry: join("clusters", "demo") });
});

test("a folder that is not there is refused", () => {
  expect(() => fluxCheckout(join(folder, "nowhere"), "demo")).toThrow("nowhere is not there");
});

test("a file is refused", () => {
  writeFileSync(join(folder, "file"), "");

  expect(() => fluxCheckout(join(folder, "file"), "demo")).toThrow("file is no folder");
});

test("a folder that holds no clusters is refused", () => {
  expect(() => fluxCheckout(folder, "demo")).toThrow(/has no folder clusters\/demo; it has no folder clusters$/);
});

test("the repository of other clusters is refused, with those that it has, and the one that may be meant", () => {
  mkdirSync(join(folder, "clusters", "demos"), { recursive: true });

  expect(() => fluxCheckout(folder, "demo")).toThrow(
    expect.objectContaining({
      message: expect.stringContaining("has no folder clusters/demo; it has those of demos"),
      next: `npm run rehearse -- demos --flux-repository ${folder}`,
    }),
  );
});
