import { readFileSync } from "node:fs";

import { upgradePlan } from "../../../operations/upgrade/upgrade-plan";
import { upgradeText } from "../../../operations/upgrade/upgrade-text";
import { releaseNamed } from "../../../releases/all";
import { cluster } from "../../support/settings";

test("docs/upgrades.md shows what the command prints for the demo between the two releases that the page takes", () => {
  const [, sample = ""] = /^```text\n(.*?)^```/ms.exec(readFileSync("docs/upgrades.md", "utf8")) ?? [];
  const [, from = "", to = ""] = /^step 1 of 1: (\S+) -> (\S+)$/m.exec(sample) ?? [];
  const plan = upgradePlan(cluster(), releaseNamed(from), [releaseNamed(to)], {});

  expect(sample).toBe(upgradeText(plan, { colour: false, width: 120 }));
});
