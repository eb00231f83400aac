// Makes fixtures/ of the plans that a rehearsal keeps, of each what a review reads:
//
//     npm run rehearse -- demo     # says where the plans are
//     node scripts/run.mjs test/operations/review/fixtures.ts FOLDER/demo/plans
//
// Sensitive values become dummies, and what is random in every run is counted instead.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { stackParts } from "../../../platform/parts";

const fixtures = join("test", "operations", "review", "fixtures");

// biome-ignore lint/suspicious/noExplicitAny: every resource has its own attributes
type Json = any;

/** Identifiers and times that every run makes anew, and what the n-th of a kind becomes. */
const random: readonly (readonly [RegExp, (n: number) => string])[] = [
  [/(?<=[a-z]-)[0-9a-f]{17}\b/g, (n) => hexadecimal(n, 17)],
  [/(?<=vpce-[0-9a-f]{17}-)[0-9a-f]{8}\b/g, (n) => hexadecimal(n, 8)],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (n) => `00000000-0000-4000-8000-${hexadecimal(n, 12)}`],
  [/\b[0-9A-F]{32}\b/g, (n) => hexadecimal(n, 32)],
  [/\b[0-9a-f]{40}\b/g, (n) => hexadecimal(n, 40)],
  [/\bAROA[0-9A-Z]{17}\b/g, (n) => `AROA${hexadecimal(n, 17)}`],
  [/(?<="(?:unique_id|policy_id|hosted_zone_id)": ")[^"]+/g, (n) => `ID${hexadecimal(n, 18)}`],
  [/(?<="repository_id": |demo-k8s-cilium-flux:)\d{13}\b/g, (n) => String(1_000_000_000_000 + n)],
  [/(?<="etag": "W\/\\")[0-9a-f]{64}/g, (n) => hexadecimal(n, 64)],
  [/\b20\d{24}\b/g, (n) => `20260101000000${String(n).padStart(12, "0")}`],
  [/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, () => "2026-01-01T00:00:00Z"],
  [/\b20\d\d-\d\d-\d\d [\d:.]+ \+0000 UTC/g, () => "2026-01-01 00:00:00 +0000 UTC"],
  [/(?<="(?:public_ip|private_ip|ipv4)": ")[^"]+/g, (n) => `192.0.2.${n}`],
  [/(?<="(?:ec2|ip)-)\d+(?:-\d+){3}/g, (n) => `192-0-2-${n}`],
  [/(?<=127\.0\.0\.1:)\d+/g, () => "4566"],
];

function hexadecimal(n: number, digits: number): string {
  return n.toString(16).padStart(digits, "0");
}

const known = random.map(() => new Map<string, string>());

/** The same text with what is random counted, in the order in which it was first seen. */
function counted(text: string): string {
  return random.reduce(
    (counting, [pattern, name], kind) =>
      counting.replaceAll(pattern, (found) => {
        const names = known[kind] ?? new Map<string, string>();
        const taken = names.get(found) ?? name(names.size + 1);
        names.set(found, taken);
        return taken;
      }),
    text,
  );
}

const secrets = new Map<string, string>();

/** The same value with dummies for all that `mask` hides. */
function withoutSecrets(value: Json, mask: Json): Json {
  if (mask === true && typeof value === "string") {
    const dummy = secrets.get(value) ?? `never-to-be-shown-${secrets.size + 1}`;
    secrets.set(value, dummy);
    return dummy;
  }
  if (typeof value !== "object" || value === null) {
    return mask === true && value !== null ? "never-to-be-shown" : value;
  }
  const inner = (key: string | number) => (mask === true ? true : mask?.[key]);
  return Array.isArray(value)
    ? value.map((item, index) => withoutSecrets(item, inner(index)))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, inner(key))]));
}

/** A change without secrets. */
function change(given: Json): Json {
  return {
    ...given,
    before: withoutSecrets(given.before, given.before_sensitive),
    after: withoutSecrets(given.after, given.after_sensitive),
  };
}

function changes(given: Json[] = []): Json[] {
  return given.map((resource) => ({ ...resource, change: change(resource.change) }));
}

function isNoOp({ change: { actions } }: Json): boolean {
  return actions.join() === "no-op";
}

/** What may have been an apply's own doing where there is drift. */
const partsOfOthers = /_(?:attachment|policy|rule)$/;

/** What a review reads of a plan, and two of the resources that stay. */
function pruned({ planned_values, prior_state, configuration, timestamp, variables, ...plan }: Json): Json {
  const { resource_changes, resource_drift, output_changes = {} } = plan;
  const [changing, staying] = [false, true].map((stays) =>
    resource_changes.filter((resource: Json) => isNoOp(resource) === stays),
  );
  const inOrder = (one: Json, other: Json) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
  const states = configuration.root_module.resources.filter(({ type }: Json) => type === "terraform_remote_state");
  return {
    ...plan,
    // Terraform keeps no order among them.
    relevant_attributes: plan.relevant_attributes?.toSorted(inOrder),
    resource_changes: changes([
      ...changing,
      ...staying.filter(({ type }: Json, index: number) => index < 2 || (resource_drift && partsOfOthers.test(type))),
    ]),
    ...(resource_drift ? { resource_drift: changes(resource_drift) } : {}),
    output_changes: Object.fromEntries(
      Object.entries(output_changes).map(([name, output]: [string, Json]) => [name, change(output)]),
    ),
    configuration: {
      root_module: {
        resources: states.map(({ address, mode, type, name }: Json) => ({ address, mode, type, name })),
      },
    },
  };
}

/** Sets of identifiers stand in the order of what was random; sorted, they are the same in every run. */
function sortedSets(_: string, value: Json): Json {
  const identifiers = /^[a-z]+-0{10}[0-9a-f]{7}$/;
  return Array.isArray(value) && value.every((item) => identifiers.test(item)) ? value.toSorted() : value;
}

const [folder] = process.argv.slice(2);
if (!folder) {
  throw new Error("usage: node scripts/run.mjs test/operations/review/fixtures.ts PLANS");
}
const order = stackParts.flatMap((part) =>
  readdirSync(folder)
    .filter((file) => file.startsWith(part))
    .sort(),
);
const plans = order.map((file): [string, Json] => [file, JSON.parse(readFileSync(join(folder, file), "utf8"))]);

// First by what has them, whose order is the same in every run.
for (const [, { resource_changes }] of plans) {
  for (const {
    change: { before, after },
  } of resource_changes) {
    counted(JSON.stringify([before?.id, after?.id]));
  }
}
rmSync(fixtures, { recursive: true, force: true });
mkdirSync(fixtures);
const texts = plans
  .filter(
    ([file, plan]) =>
      file.endsWith("-02-again.json") ||
      Object.values<Json>(plan.output_changes ?? {}).some(({ actions }) => actions.join() !== "no-op") ||
      plan.resource_changes.some((resource: Json) => resource.mode === "managed" && !isNoOp(resource)),
  )
  .map(([file, plan]): [string, string] => {
    const text = counted(JSON.stringify(pruned(plan), undefined, 2));
    const name = file.replace(/-\d+-/, "-").toLowerCase();
    return [name, `${JSON.stringify(JSON.parse(text, sortedSets), undefined, 2)}\n`];
  });
const all = texts.map(([, text]) => text).join("");
if (/PRIVATE KEY|gh[ps]_/.test(all) || [...secrets.keys()].some((secret) => secret !== "" && all.includes(secret))) {
  throw new Error("a plan shows a secret where it is not marked as one; no fixture was written");
}
for (const [name, text] of texts) {
  writeFileSync(join(fixtures, name), text);
}
execFileSync(join("node_modules", ".bin", "biome"), ["format", "--write", fixtures]);
process.stdout.write(`${texts.length} plans, ${Math.round(all.length / 1000)} kB, in ${fixtures}\n`);
