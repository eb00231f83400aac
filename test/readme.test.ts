import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFile } from "../constructs/project-files";

import { cluster } from "../schema/cluster";
import { checkSettings } from "../schema/settings";
import { demoWith } from "./support/settings";

const readme = projectFile("README.md");

/** Rows of the table of settings: name, default. */
const documented = [...readme.matchAll(/^\| `([\w.]+)` \| (?:(.*?) )?\| .* \|$/gm)].map(
  ([, name = "", value = ""]) => ({
    name,
    value: value.replaceAll("`", ""),
  }),
);

/** Names of all settings: those of an object one by one. */
function names(shape: Record<string, unknown>, prefix = ""): string[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const inner = shapeIn(schema);
    return inner && ["nodes", "repository"].includes(name) ? names(inner, `${name}.`) : [`${prefix}${name}`];
  });
}

/** Members of an object's schema, through defaults and transformations. */
function shapeIn(schema: unknown): Record<string, unknown> | undefined {
  const { shape, def } = schema as { shape?: Record<string, unknown>; def?: { innerType?: unknown; in?: unknown } };
  return shape ?? (def?.innerType || def?.in ? shapeIn(def.innerType ?? def.in) : undefined);
}

test("the README's table of settings has every setting, and no other", () => {
  expect(documented.map(({ name }) => name)).toEqual(names(cluster.shape));
});

test("the README names the defaults that the settings have", () => {
  const { owner, name } = demoWith().repository;
  const { region, zones, cidrBlock, apiAccess, admins } = demoWith();
  const required = { name: "x", region, zones, cidrBlock, apiAccess, admins, repository: { owner, name } };
  const [found] = checkSettings([required]).clusters;
  const at = (path: string) =>
    path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], found);

  for (const { name: setting, value } of documented.filter(({ value: shown }) => shown !== "")) {
    if (setting === "endpoints") {
      expect(at(setting)).toHaveLength(8);
    } else if (setting === "nodes.maxSize") {
      expect(at(setting)).toBe(at(`nodes.${value}`));
    } else {
      expect(at(setting)).toEqual(JSON.parse(value.replaceAll(/(\w+):/g, '"$1":')));
    }
  }
});

test("settings without a default in the README are required", () => {
  for (const { name } of documented.filter(({ value }) => value === "")) {
    const [first = "", second] = name.split(".");
    const whole = demoWith() as unknown as Record<string, Record<string, unknown>>;
    const { [second ?? ""]: _, ...rest } = (second ? whole[first] : {}) as Record<string, unknown>;

    expect(checkSettings([{ ...demoWith(), [first]: second ? rest : undefined }]).problems).not.toEqual([]);
  }
});

const pages = [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((name) => join("docs", name)),
];

test.each(pages.filter((page) => page.endsWith(".md")))("links of %s lead to files that are there", (page) => {
  const targets = [...projectFile(page).matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, target = ""]) =>
    join(dirname(page), target),
  );

  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});
