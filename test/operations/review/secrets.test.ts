import fc from "fast-check";

import { html } from "../../../operations/review/formats/html";
import { markdown } from "../../../operations/review/formats/markdown";
import { terminal } from "../../../operations/review/formats/terminal";
import { review } from "../../../operations/review/review";
import { outcomesOf } from "../../../operations/review/serve/outcomes";
import { readPlan } from "../../../operations/terraform/plan/read";
import { change, planText } from "../../support/plan";

interface Marked {
  readonly value: unknown;
  readonly mask: unknown;
}

/** What no form may show stands between what forms must escape. */
const core = /Q[0-9a-f]{12}Z/g;
const secret = fc
  .tuple(fc.stringMatching(/^[0-9a-f]{12}$/), fc.constantFrom("", "\n", '"', "<b>&", "`|`", "\u001b", "é", ": '", "\\"))
  .map(([digits, rest]) => `${rest}Q${digits}Z${rest}`);

const word = fc.constantFrom("a", "eu-central-1", "true", "", "10.0.0.0/16", "line\nline\n", "a: 1", "{}", "[1]");
const name = fc.constantFrom(
  "name",
  "values",
  "policy",
  "user_data",
  "content",
  "file",
  "tags",
  "tags_all",
  "a",
  "constructor",
);

/** A value with a secret here and there, and its mask as Terraform writes it. */
function marked(secrets: readonly string[]): fc.Arbitrary<Marked> {
  const hidden = fc.constantFrom(...secrets).map((value): Marked => ({ value, mask: true }));
  const open = fc
    .tuple(fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)), fc.constantFrom(false, {}))
    .map(([value, mask]): Marked => ({ value, mask }));
  const { tree } = fc.letrec<{ tree: Marked }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      hidden,
      open,
      fc.tuple(fc.array(tie("tree"), { maxLength: 4 }), fc.boolean()).map(
        ([items, all]): Marked => ({
          value: items.map(({ value }) => value),
          mask: all || items.map(({ mask }) => mask),
        }),
      ),
      fc.tuple(fc.dictionary(name, tie("tree"), { maxKeys: 4 }), fc.boolean()).map(
        ([members, all]): Marked => ({
          value: Object.fromEntries(Object.entries(members).map(([key, { value }]) => [key, value])),
          mask: all || Object.fromEntries(Object.entries(members).map(([key, { mask }]) => [key, mask])),
        }),
      ),
    ),
  }));
  return tree;
}

/** The ways in which a provider repeats a secret without a mark. */
const copies: readonly ((text: string) => unknown)[] = [
  (text) => text,
  (text) => `https://me:${text}@example.com`,
  (text) => [{ a: text }, "b"],
  (text) => ({ [text]: 1 }),
  (text) => JSON.stringify({ a: [text] }).replaceAll("<", "\\u003c"),
  (text) => [`a:\n  b: ${JSON.stringify(text)}\n`],
  (text) => JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: text }] }),
];

/** A resource with secrets, marked here and not there; all of them are marked in one place. */
function resource(secrets: readonly string[]) {
  const copied = fc.dictionary(name, fc.tuple(fc.constantFrom(...secrets), fc.constantFrom(...copies)), { maxKeys: 3 });
  return fc.tuple(fc.dictionary(name, marked(secrets), { maxKeys: 4 }), copied).map(([members, repeated]) => ({
    value: {
      ...Object.fromEntries(Object.entries(members).map(([key, { value }]) => [key, value])),
      ...Object.fromEntries(Object.entries(repeated).map(([key, [text, copy]]) => [key, copy(text)])),
      all: secrets,
    },
    mask: {
      ...Object.fromEntries(Object.entries(members).map(([key, { mask }]) => [key, !(key in repeated) && mask])),
      all: true,
    },
  }));
}

const actions = fc.constantFrom(
  "create",
  "update",
  "delete",
  "delete,create",
  "create,delete",
  "forget",
  "create,forget",
  "no-op",
  "read",
);
const type = fc.constantFrom(
  "helm_release",
  "aws_iam_policy",
  "aws_launch_template",
  "github_repository_file",
  "aws_security_group",
  "aws_eks_cluster",
  "kubectl_manifest",
  "aws_vpc",
  "terraform_data",
);

/** Values before and after, marked on both sides or, where a mark comes or goes, on one of the same value. */
const values = fc
  .tuple(
    fc.uniqueArray(secret, { minLength: 1, maxLength: 3 }).chain((all) => fc.tuple(resource(all), resource(all))),
    fc.constantFrom("both", "before", "after"),
    fc.constantFrom({}, false, { a: true, name: [true], all: true }),
  )
  .map(([[one, other], marks, after_unknown]) => ({
    before: one.value,
    after: marks === "both" ? other.value : one.value,
    before_sensitive: marks === "after" ? {} : one.mask,
    after_sensitive: marks === "both" ? other.mask : marks === "after" ? one.mask : {},
    after_unknown,
  }));

const more = fc.constantFrom(
  {},
  { previous_address: "aws_vpc.old" },
  { deposed: "deadbeef" },
  { importing: { id: "a" } },
  { replace_paths: [["all", 0]] },
);
const resourceChange = fc
  .tuple(type, actions, values, more)
  .map(([kind, action, { before, after, ...masks }, others]) =>
    change(
      `${kind}.main`,
      action,
      action === "create" ? null : before,
      action === "delete" || action === "forget" ? null : after,
      { ...masks, ...others },
    ),
  );

/** Outputs are marked as wholes. */
const output = fc.tuple(actions, values).map(([action, { before, after, before_sensitive, after_sensitive }]) => {
  const [was, is] = [before_sensitive, after_sensitive].map((mask) => "all" in mask);
  return { actions: action.split(","), before, after, before_sensitive: was, after_sensitive: is };
});

const plans = fc.record({
  resource_changes: fc.array(resourceChange, { minLength: 1, maxLength: 3 }),
  resource_drift: fc.array(resourceChange, { maxLength: 2 }),
  output_changes: fc.dictionary(name, output, { maxKeys: 2 }),
  relevant_attributes: fc.constantFrom(
    [],
    [
      { resource: "aws_vpc.main", attribute: ["all"] },
      { resource: "helm_release.main", attribute: [] },
    ],
  ),
  checks: fc.constantFrom(
    [],
    [{ address: { to_display: "check.a" }, status: "fail", instances: [{ status: "fail" }] }],
  ),
});

test("no sensitive value is in any form of the report, in any spelling", () => {
  fc.assert(
    fc.property(plans, (parts) => {
      const text = planText(parts);
      const report = review([readPlan("network", text)], [], { silences: [], today: "2026-11-23" });
      const forms = [
        terminal(report, { width: 100, colour: true }),
        markdown(report),
        html(report, { title: "Plan review", time: new Date(0) }),
        JSON.stringify(report),
        JSON.stringify(outcomesOf(report)),
      ];

      expect(text).toMatch(core);
      for (const form of forms) {
        expect(form.match(core)).toBeNull();
      }
    }),
    { numRuns: Number(process.env["RUNS"] ?? 100) },
  );
});

function message(text: string): string {
  try {
    readPlan("network", text);
    return "";
  } catch (failure) {
    return String(failure);
  }
}

test("no message about a plan that is cut off or damaged quotes what it holds", () => {
  fc.assert(
    fc.property(
      plans,
      fc.noBias(fc.integer({ min: 0, max: 999 })),
      fc.string({ maxLength: 3 }),
      (parts, place, damage) => {
        const text = planText(parts);
        const at = Math.floor((text.length * place) / 1000);

        for (const broken of [
          text.slice(0, at),
          text.slice(at),
          text.slice(0, at) + damage + text.slice(at + damage.length),
        ]) {
          expect(message(broken).match(core)).toBeNull();
        }
      },
    ),
    { numRuns: Number(process.env["RUNS"] ?? 100) },
  );
});
