import type { KeyMetadata } from "@aws-sdk/client-kms";

import { connect } from "../../../../operations/connection";
import { runChecks } from "../../../../operations/verify/check";
import { secretsKey } from "../../../../operations/verify/checks/secrets-key";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const settings = cluster();
const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1f";

async function looked(metadata: Partial<KeyMetadata>, resources: string[] = ["secrets"]) {
  const { aws } = connect(settings, () => {});
  aws.kms.middlewareStack.add(() => async () => ({ output: { KeyMetadata: metadata, $metadata: {} }, response: {} }), {
    step: "initialize",
    priority: "high",
  });
  const snapshot: Partial<Snapshot> = {
    settings,
    aws,
    cluster: async () => ({ encryptionConfig: [{ resources, provider: { keyArn } }] }),
  };
  return (await runChecks([secretsKey], snapshot as Snapshot))[0];
}

test.each<[Partial<KeyMetadata>, string, string, RegExp]>([
  [{ KeyState: "Enabled" }, "holds", "key/1f is Enabled", /^$/],
  [{ KeyState: "Disabled" }, "broken", `${keyArn} is Disabled`, /^aws kms enable-key .* --key-id \S+1f$/],
  [
    { KeyState: "PendingDeletion", DeletionDate: new Date("2026-12-04T10:00:00Z") },
    "broken",
    `${keyArn} is deleted on 2026-12-04`,
    /^aws kms cancel-key-deletion .* && aws kms enable-key /,
  ],
  [{ KeyState: "Unavailable" }, "broken", `${keyArn} is Unavailable`, /^aws kms/],
])("a key that is %j", async (metadata, state, found, next) => {
  const result = await looked(metadata);

  expect(result).toMatchObject({ state, found });
  expect(result?.next ?? "").toMatch(next);
});

test("a cluster whose Secrets have no key is broken", async () => {
  expect(await looked({}, [])).toMatchObject({ state: "broken", found: "the cluster has none of its own" });
});
