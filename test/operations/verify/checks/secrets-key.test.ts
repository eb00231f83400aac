import type { KeyMetadata } from "@aws-sdk/client-kms";

import { connect } from "../../../../operations/connection";
import { runChecks } from "../../../../operations/verify/check";
import { secretsKey } from "../../../../operations/verify/checks/secrets-key";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1f";
const another = "arn:aws:kms:eu-central-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";

/** @param secretsKeyArn - of the settings; without it, none */
async function looked(
  metadata: Partial<KeyMetadata>,
  { resources = ["secrets"], secretsKeyArn }: { resources?: string[]; secretsKeyArn?: string } = {},
) {
  const settings = cluster(secretsKeyArn ? { controlPlane: { secretsKeyArn } } : {});
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
  expect(await looked({}, { resources: [] })).toMatchObject({
    state: "broken",
    found: "the cluster has none of its own",
  });
});

test("a cluster that keeps another key than the settings name is broken, whatever the state of that key", async () => {
  expect(await looked({ KeyState: "Enabled" }, { secretsKeyArn: another })).toMatchObject({
    state: "broken",
    found: `it is ${keyArn}, and settings.ts names ${another}`,
    next: `aws kms describe-key --region eu-central-1 --key-id ${keyArn}`,
  });
});
