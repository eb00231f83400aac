import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "json5";

interface CustomManager {
  readonly description: string;
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}

export interface PackageRule {
  readonly matchManagers?: readonly string[];
  readonly matchDepNames?: readonly string[];
  readonly allowedVersions?: string;
  readonly enabled?: boolean;
  readonly description?: string;
}

interface Configuration {
  readonly enabledManagers: readonly string[];
  readonly customManagers: readonly CustomManager[];
  readonly packageRules: readonly PackageRule[];
}

export const configurationText = readFileSync("renovate.json5", "utf8");
export const configuration: Configuration = parse(configurationText);

/** What finds versions in some files: each pattern has a group `currentValue`. */
interface Finder {
  readonly manager: string;
  readonly files: readonly RegExp[];
  readonly patterns: readonly RegExp[];
}

/** Where a version stands in a file: from its first character to the one after its last. */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** What managers of Renovate's own find here, as its source says (renovate 44, lib/modules/manager): each the parts of it that this repository has. */
const ownManagers: readonly Finder[] = [
  {
    manager: "github-actions",
    files: [/^\.github\/workflows\/.+\.ya?ml$/],
    patterns: [
      /uses: [\w./-]+@[0-9a-f]{40} # (?<currentValue>v\d+\.\d+\.\d+)$/gm,
      /terraform_version: (?<currentValue>\d+\.\d+\.\d+)$/gm,
    ],
  },
  {
    manager: "gomod",
    files: [/(?:^|\/)go\.mod$/],
    patterns: [
      /^(?:require |\t)[^\s/]+\/\S+ (?<currentValue>v\S+)$/gm,
      /=> \S+ (?<currentValue>v\S+)$/gm,
      /^go (?<currentValue>\S+)$/gm,
    ],
  },
  {
    manager: "npm",
    files: [/(?:^|\/)package\.json$/],
    patterns: [/^ {4}"[@\w/.-]+": "(?<currentValue>\d+\.\d+\.\d+)"/gm],
  },
  { manager: "nvm", files: [/(?:^|\/)\.nvmrc$/], patterns: [/^(?<currentValue>\S+)$/gm] },
  { manager: "pip-compile", files: [/(?:^|\/)requirements\.in$/], patterns: [/==(?<currentValue>[^\s;]+)/g] },
];

/** Returns all managers, the repository's own by their descriptions. */
export function finders(): readonly Finder[] {
  const custom = configuration.customManagers.map(({ description, managerFilePatterns, matchStrings }) => ({
    manager: description,
    files: managerFilePatterns.map((pattern) => new RegExp(pattern.slice(1, -1))),
    // Others of a combination find what its names are made of.
    patterns: matchStrings.filter((text) => text.includes("(?<currentValue>")).map((text) => new RegExp(text, "g")),
  }));
  return [...custom, ...ownManagers.filter(({ manager }) => configuration.enabledManagers.includes(manager))];
}

/** Returns where managers find versions in a file, with the manager's name. */
export function placesFound(file: string, text: string): (Place & { readonly manager: string })[] {
  return finders()
    .filter(({ files }) => files.some((pattern) => pattern.test(file)))
    .flatMap(({ manager, patterns }) =>
      patterns.flatMap((pattern) =>
        [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}d`))].map((match) => {
          const [start = 0, end = 0] = match.indices?.groups?.currentValue ?? [];
          return { manager, file, start, end };
        }),
      ),
    );
}

const folders = [
  ".ci",
  ".github",
  "constructs",
  "docs/decisions",
  "gitops",
  "modules",
  "operations",
  "platform",
  "rehearsal",
  "releases",
  "scripts",
  "stacks",
  "test",
];

/** Returns the paths of files that may hold pins: programs, and what they are built and run by. */
export function filesWithPins(): string[] {
  const inFolders = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const alone = readdirSync(".", { withFileTypes: true }).filter((entry) => entry.isFile());
  return [...inFolders, ...alone.map(({ name }) => name)].filter((file) =>
    /(?:^|\/)(?:run|\.nvmrc|package\.json|go\.mod|requirements\.in|venv|start)$|\.(?:ts|mjs|sh|py|go|tf|ya?ml)$|^docs\/.+\.md$/.test(
      file,
    ),
  );
}

/** Returns a text with its comments blanked, so that places stay what they are. A comment may say of which version something was seen. */
export function withoutComments(file: string, text: string): string {
  const blank = (comment: string) => comment.replaceAll(/[^\n]/g, " ");
  if (/\.(?:ts|go|mjs|mod)$/.test(file)) {
    return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(?<![:"'])\/\/.*$/gm, blank);
  }
  return /\.md$/.test(file) ? text : text.replace(/^\s*#.*$/gm, blank);
}
