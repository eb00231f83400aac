import type { Cluster as DescribedCluster } from "@aws-sdk/client-eks";

import { connect } from "../../../../operations/connection";
import { ownershipOf } from "../../../../operations/teardown/ownership";
import { obstacleText } from "../../../../operations/teardown/step";
import { awaitCreation } from "../../../../operations/teardown/steps/await-creation";
import { plainIam } from "../../../support/iam";
import { cluster } from "../../../support/settings";

test.each([
  ["CREATING", ["cluster demo: CREATING"]],
  ["ACTIVE", []],
])("a cluster that is %s is waited for: %j", async (status, waited) => {
  const settings = cluster({ name: "demo" });
  const connection = { ...connect(settings, () => {}), describe: async () => ({ status }) as DescribedCluster };
  const context = {
    connection,
    ownership: ownershipOf({ name: "demo", iam: plainIam }),
    objects: undefined,
    say: () => {},
  };

  const found = await awaitCreation.find({ ...context, signal: new AbortController().signal });
  expect(found.map(obstacleText)).toEqual(waited);
});
