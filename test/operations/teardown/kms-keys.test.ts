import { connect } from "../../../operations/connection";
import { remainingKeys } from "../../../operations/teardown/kms-keys";
import { keyAliases } from "../../../operations/teardown/steps/leftovers/service-resources";
import { terraformTags } from "../../../platform/names";
import { cluster } from "../../support/settings";

const KeyId = "0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";
const secretsKeyArn = `arn:aws:kms:eu-central-1:111122223333:key/${KeyId}`;

/** What teardown finds of the one key that there is, which has the tags, the description and the alias of the stack's. */
async function found(changes: Parameters<typeof cluster>[0]) {
  const settings = cluster(changes);
  const connection = connect(settings, () => {});
  const tags = Object.entries(terraformTags(settings.name)).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  const answers: Record<string, object> = {
    ListKeysCommand: { Keys: [{ KeyId }] },
    ListResourceTagsCommand: { Tags: tags },
    DescribeKeyCommand: { KeyMetadata: { KeyId, Description: `Kubernetes secrets of ${settings.name}` } },
    ListAliasesCommand: { Aliases: [{ AliasName: `alias/eks/${settings.name}`, TargetKeyId: KeyId }] },
  };
  connection.aws.kms.middlewareStack.add(
    (_, { commandName }) =>
      async () => ({ output: { ...answers[commandName ?? ""], $metadata: {} }, response: {} }),
    { step: "initialize", priority: "high" },
  );
  const aliases = await keyAliases(connection);
  return { keys: await remainingKeys(connection), aliases: aliases.map(({ name }) => name) };
}

test("a key that the stack made, and no state knows, is found with its alias", async () => {
  expect(await found({})).toEqual({ keys: [KeyId], aliases: ["alias/eks/demo-k8s-cilium"] });
});

test("a key that the settings name is none of teardown's, whoever made it, and nor is its alias", async () => {
  expect(await found({ controlPlane: { secretsKeyArn } })).toEqual({ keys: [], aliases: [] });
});
