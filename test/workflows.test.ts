import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const folder = ".github/workflows";
const texts = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

test.each([
  ["plan-review.yml", "PLAN_REVIEW_CLUSTERS"],
  ["verify.yml", "VERIFY_CLUSTERS"],
])("%s does nothing until the variable %s names clusters", (name, variable) => {
  const { jobs } = parse(texts[name] ?? "") as { jobs: Record<string, { if: string }> };

  for (const job of Object.values(jobs)) {
    expect(job.if.split(" && ")).toContain(`vars.${variable} != ''`);
  }
});

test("rehearse.yml needs no variable and no secret, and forks' pull requests are rehearsed too", () => {
  const text = texts["rehearse.yml"] ?? "";
  const { jobs } = parse(text) as { jobs: Record<string, { if: string | undefined; permissions: object }> };

  expect(text).not.toMatch(/\b(?:vars|secrets)\./);
  expect(Object.values(jobs).map((job) => job.if)).toEqual([undefined]);
  expect(Object.values(jobs).map(({ permissions }) => permissions)).toEqual([
    { contents: "read", "pull-requests": "write" },
  ]);
});

test.each(Object.keys(texts))(
  "every action of %s is pinned to a commit, and leaves no credentials in the clone",
  (name) => {
    const text = texts[name] ?? "";
    const actions = [...text.matchAll(/uses: (.*)/g)].map(([, action = ""]) => action);

    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[\da-f]{40} # v[\d.]+$/.test(action))).toEqual([]);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(text.match(/actions\/checkout@/g)?.length ?? 0);
  },
);
