import { DescribeKeyCommand, type KMSClient, paginateListKeys, paginateListResourceTags } from "@aws-sdk/client-kms";

import type { Cluster } from "../../schema/settings";
import { allPages } from "../aws/pages";
import { Failure } from "../command/failure";
import type { Connection } from "../connection";
import { isMadeByTerraform, isOfStack, type Tags } from "./cluster-tags";

/** Returns the tags of a key; none where its own policy lets nobody of this account see them. */
export async function tagsOfKey(kms: KMSClient, KeyId: string): Promise<Tags> {
  try {
    const list = await allPages(paginateListResourceTags({ client: kms }, { KeyId }), (page) => page.Tags);
    return Object.fromEntries(list.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "denied") {
      return {};
    }
    throw thrown;
  }
}

/** Returns whether the settings name a key as one that is there: whoever made it, it is none of teardown's. */
export function isKeyOfSettings({ controlPlane: { secretsKeyArn } }: Cluster, keyId: string): boolean {
  return secretsKeyArn?.endsWith(`:key/${keyId}`) ?? false;
}

/**
 * Returns the ids of keys that the cluster stack made and that are not going. Nothing here deletes a key: what it encrypted is lost
 * with it.
 */
export async function remainingKeys({ aws: { kms }, settings }: Connection): Promise<string[]> {
  const own: string[] = [];
  for (const { KeyId = "" } of await allPages(paginateListKeys({ client: kms }, {}), (page) => page.Keys)) {
    const tags = await tagsOfKey(kms, KeyId);
    if (!isMadeByTerraform(settings.name, tags) || isKeyOfSettings(settings, KeyId)) {
      continue;
    }
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    const { Description: name = "", DeletionDate } = KeyMetadata ?? {};
    if (DeletionDate === undefined && isOfStack(settings, { kind: "KMS key", name, tags })) {
      own.push(KeyId);
    }
  }
  return own;
}
