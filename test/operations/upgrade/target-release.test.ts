import { errorReport } from "../../../operations/command/report-error";
import { pathTo } from "../../../operations/upgrade/target-release";
import { newestRelease } from "../../../releases/all";
import type { Release } from "../../../releases/release";
import { releaseWith } from "../../support/releases";

const minors = ["1.34", "1.35", "1.36"].map((kubernetes, index) =>
  releaseWith(`2026-0${index + 1}-01`, { kubernetes }),
);
const [first = newestRelease, second = newestRelease, third = newestRelease] = minors;

/** What is said where there is no way. */
function refusal(from: Release, wanted: string | undefined, known: readonly [Release, ...Release[]]): string {
  try {
    pathTo({ clusterName: "demo", from, wanted, known });
  } catch (thrown) {
    return errorReport(thrown).text;
  }
  throw new Error("there is a way");
}

test("the way leads to the newest release unless another one is named, a minor version at a time", () => {
  const known = [first, second, third] as const;

  expect(pathTo({ clusterName: "demo", from: first, wanted: undefined, known })).toEqual([second, third]);
  expect(pathTo({ clusterName: "demo", from: first, wanted: second.name, known })).toEqual([second]);
  expect(pathTo({ clusterName: "demo", from: third, wanted: undefined, known })).toEqual([]);
});

test("a release that is not there is answered with those that are, and the one that may be meant", () => {
  const known = [first, second] as const;

  expect(refusal(first, "2026-02-10", known)).toBe(
    "error: there is no release '2026-02-10'; releases/ has 2026-01-01, 2026-02-01; did you mean '2026-02-01'?\n  next: npm run upgrade -- demo --to 2026-02-01\n",
  );
  expect(refusal(first, "newest", known)).toMatch(/has 2026-01-01, 2026-02-01\n {2}next: .* --to 2026-02-01\n$/);
});

test("an older release is no upgrade, and the page says what goes back", () => {
  expect(refusal(second, first.name, [first, second])).toMatch(
    /^error: release 2026-01-01 comes before 2026-02-01, .*\n {2}next: docs\/upgrades\.md#back /,
  );
});

test("where no way leads, all reasons are said, and a release between is asked for", () => {
  expect(refusal(first, undefined, [first, third])).toMatch(
    /^error: no way leads from release 2026-01-01 to 2026-03-01, .*:\n {2}- Kubernetes goes from 1\.34 to 1\.36, .*\n {2}next: add a release that lies between them: docs\/upgrades\.md#a-release-of-your-own/,
  );
});

test("where the way ends before the release that is wanted, the last one on it is named", () => {
  const far = releaseWith("2026-04-01", { kubernetes: "1.37", cilium: "1.30.0" });

  expect(refusal(first, undefined, [first, second, third, far])).toMatch(
    /\n {2}- release 2026-01-01 has Cilium .*\n {2}next: npm run upgrade -- demo --to 2026-03-01 is as far as it goes; /s,
  );
});
