import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { demo, demoWith } from "../../../rehearsal/life/demo-settings";
import { copyProject } from "../../../rehearsal/terraform/project-copy";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "project-copy-"));
  for (const file of [
    ".git/config",
    "cdktf.out/stacks/network/cdk.tf.json",
    "main.ts",
    "node_modules/cdktf/package.json",
    "settings.ts",
    "stacks/network.ts",
    "state/network.tfstate",
  ]) {
    write(file);
  }
});

afterEach(() => rmSync(project, { recursive: true }));

function write(file: string, text = "the project's"): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}

test("a copy has the sources and other settings, links the packages, and has nothing of the project's state", () => {
  const copy = join(project, "worlds", "copy");
  mkdirSync(copy, { recursive: true });
  copyProject(project, copy, demo);

  expect(readdirSync(copy).sort()).toEqual(["main.ts", "node_modules", "settings.ts", "stacks"]);
  expect(readFileSync(join(copy, "stacks", "network.ts"), "utf8")).toBe("the project's");
  expect(readFileSync(join(copy, "settings.ts"), "utf8")).toContain(`ClusterSettings[] = [{"name":"${demo.name}"`);
  expect(readFileSync(join(project, "settings.ts"), "utf8")).toBe("the project's");
  expect(realpathSync(join(copy, "node_modules"))).toBe(realpathSync(join(project, "node_modules")));
});

test("a second copy brings what changed, and leaves the copy's own state", () => {
  const copy = mkdtempSync(join(tmpdir(), "project-copy-"));
  copyProject(project, copy, demo);
  mkdirSync(join(copy, "state"));
  write("main.ts", "changed");

  copyProject(project, copy, demoWith({ name: "other" }));

  expect(readFileSync(join(copy, "main.ts"), "utf8")).toBe("changed");
  expect(readFileSync(join(copy, "settings.ts"), "utf8")).toContain('"other"');
  expect(existsSync(join(copy, "state"))).toBe(true);
  rmSync(copy, { recursive: true });
});
