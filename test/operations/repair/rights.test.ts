import { readdirSync } from "node:fs";
import { join } from "node:path";

import { repairActions } from "../../support/documented";
import { actionsOf } from "../../support/sdk-actions";

test("docs/repair.md allows every call that repair can make, and no other", () => {
  const folder = join("operations", "repair");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const asked = new Set(sources.flatMap((name) => actionsOf(join(folder, name))));
  // By the connection, and by what teardown looks for VPCs with.
  asked.add("eks:DescribeCluster").add("ec2:DescribeVpcs");

  expect(asked.size).toBeGreaterThan(15);
  expect(new Set(repairActions())).toEqual(asked);
  expect([...asked].filter((action) => !/:(?:Describe|Get|List)/.test(action))).toEqual([]);
});
