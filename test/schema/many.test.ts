import { demoWith } from "../../rehearsal/life/demo-settings";
import { checkSettings, mistakesText } from "../../schema/settings";
import { check } from "./mistakes";

// What took minutes compared each entry with each other. A minute is the limit on a machine that does other things, too.
const limit = 60_000;

test(
  "two thousand client networks are checked, and not compared, since the list is too long anyhow",
  () => {
    const apiAccess = Array.from({ length: 2_000 }, (_, index) => `203.${index >> 8}.${index & 255}.0/24`);

    expect(check({ apiAccess }).problems).toEqual([expect.stringContaining("is longer than the 40 networks")]);
  },
  limit,
);

test(
  "twenty thousand tags are checked, two by two the same to IAM",
  () => {
    const tags = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`key-${index}`, `Key-${index}`]).flatMap((keys) =>
        keys.map((key) => [key, ""]),
      ),
    );

    expect(check({ tags }).problems).toHaveLength(20_001);
  },
  limit,
);

test(
  "five thousand admins are checked, each of them the first one's namesake",
  () => {
    const admins = Array.from({ length: 5_000 }, (_, index) => `arn:aws:iam::111122223333:role/team-${index}/admin`);
    const { problems } = check({ admins });

    expect(problems).toHaveLength(5_000);
    expect(mistakesText(problems)).toMatch(/^settings.ts has 5000 mistakes\n.*\n\n {2}… and 4500 more$/s);
  },
  limit,
);

test(
  "three thousand clusters alike are told the first that each of them clashes with, and the text has an end",
  () => {
    const { problems } = checkSettings(Array.from({ length: 3_000 }, () => demoWith()));

    expect(problems).toHaveLength(3 * 2_999);
    expect(problems.at(-1)).toMatch(/^clusters\[2999\]\.repository: .* and clusters\[0\] would both write/);
    expect(mistakesText(problems).length).toBeLessThan(300_000);
  },
  limit,
);

test(
  "three thousand clusters that differ in name alone clash once each",
  () => {
    const clusters = Array.from({ length: 3_000 }, (_, index) =>
      demoWith({ name: `demo-${index}`, cidrBlock: index < 1_500 ? "10.0.0.0/18" : "10.0.64.0/18" }),
    );

    expect(checkSettings(clusters).problems).toHaveLength(2_998);
  },
  limit,
);
