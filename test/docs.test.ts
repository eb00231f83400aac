import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { projectFile } from "../constructs/project-files";
import { demoWith } from "../rehearsal/life/demo-settings";
import { cluster } from "../schema/cluster";
import { checkSettings } from "../schema/settings";

/** Rows of the table of settings: name, default. */
const documented = [...projectFile("docs/settings.md").matchAll(/^\| `([\w.]+)` \| (?:(.*?) )?\| .* \|$/gm)].map(
  ([, name = "", value = ""]) => ({
    name,
    value: value.replaceAll("`", ""),
  }),
);

/** Names of all settings: those of an object one by one. */
function names(shape: Record<string, unknown>, prefix = ""): string[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const inner = shapeIn(schema);
    return inner && ["controlPlane", "nodes", "repository"].includes(name)
      ? names(inner, `${name}.`)
      : [`${prefix}${name}`];
  });
}

/** Members of an object's schema, through defaults and transformations. */
function shapeIn(schema: unknown): Record<string, unknown> | undefined {
  const { shape, def } = schema as { shape?: Record<string, unknown>; def?: { innerType?: unknown; in?: unknown } };
  return shape ?? (def?.innerType || def?.in ? shapeIn(def.innerType ?? def.in) : undefined);
}

test("docs/settings.md has every setting, and no other", () => {
  expect(documented.map(({ name }) => name)).toEqual(names(cluster.shape));
});

test("docs/settings.md names the defaults that the settings have", () => {
  const { owner, name } = demoWith().repository;
  const { release, account, region, zones, cidrBlock, apiAccess, admins } = demoWith();
  const required = {
    name: "x",
    release,
    account,
    region,
    zones,
    cidrBlock,
    apiAccess,
    admins,
    repository: { owner, name },
  };
  const [found] = checkSettings([required]).clusters;
  const at = (path: string) =>
    path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], found);

  for (const { name: setting, value } of documented.filter(({ value: shown }) => shown !== "")) {
    if (setting === "endpoints") {
      expect(at(setting)).toHaveLength(8);
    } else if (["controlPlane.serviceCidr", "controlPlane.secretsKeyArn"].includes(setting)) {
      expect(at(setting)).toBeUndefined();
    } else if (setting === "nodes.maxSize") {
      expect(at(setting)).toBe(at(`nodes.${value}`));
    } else if (value === "none") {
      expect(at(setting)).toBeUndefined();
    } else {
      expect(at(setting)).toEqual(JSON.parse(value.replaceAll(/(\w+):/g, '"$1":')));
    }
  }
});

test("settings without a default in docs/settings.md are required", () => {
  for (const { name } of documented.filter(({ value }) => value === "")) {
    const [first = "", second] = name.split(".");
    const whole = demoWith() as unknown as Record<string, Record<string, unknown>>;
    const { [second ?? ""]: _, ...rest } = (second ? whole[first] : {}) as Record<string, unknown>;

    expect(checkSettings([{ ...demoWith(), [first]: second ? rest : undefined }]).problems).not.toEqual([]);
  }
});

const pages = [
  ...readdirSync("."),
  ...["docs", "rehearsal"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  ),
].filter((name) => name.endsWith(".md"));

/** Anchors of a page's headings, as GitHub makes them. */
function anchors(page: string): string[] {
  const prose = projectFile(page).replaceAll(/^ *```[\s\S]*?^ *```/gm, "");
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(pages)("links of %s lead to files and headings that are there", (page) => {
  const links = [...projectFile(page).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)];
  const dead = links.filter(([, path = "", anchor]) => {
    const target = path === "" ? page : join(dirname(page), path);
    return !existsSync(target) || (anchor !== undefined && !anchors(target).includes(anchor));
  });

  expect(dead.map(([link]) => link)).toEqual([]);
});

const sourceFolders = [
  "constructs",
  "examples",
  "gitops",
  "modules",
  "operations",
  "platform",
  "rehearsal",
  "schema",
  "scripts",
  "stacks",
  "test",
];
const sourceFiles = sourceFolders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
);

/** Code spans: what begins with a folder of the sources, up to `<subject>` or `*`, and ends of paths, as `checks/all.ts`. */
const sourcePath = new RegExp(`\`((?:${sourceFolders.join("|")})/[\\w./-]*|[\\w./-]+\\.(?:ts|mjs)(?=\`))`, "g");

// The changelog names what is gone, too.
test.each(pages.filter((page) => page !== "CHANGELOG.md"))("sources that %s names are there", (page) => {
  const named = [...projectFile(page).matchAll(sourcePath)].map(([, path = ""]) => path);

  expect(named.filter((path) => !existsSync(path) && !sourceFiles.some((file) => file.endsWith(`/${path}`)))).toEqual(
    [],
  );
});

test("docs/README.md has every page of docs/", () => {
  const index = projectFile("docs/README.md");
  const others = pages.filter((page) => dirname(page) === "docs" && page !== join("docs", "README.md"));

  expect(others.filter((page) => !index.includes(`](${basename(page)})`))).toEqual([]);
});

test.each(pages)("npm scripts that %s names are there", (page) => {
  const { scripts } = JSON.parse(projectFile("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
  const named = [...projectFile(page).matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = ""]) => name);

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
