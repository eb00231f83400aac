import { DescribeKeyCommand, type KeyMetadata } from "@aws-sdk/client-kms";

import { ifResourceExists } from "../../aws/failure";
import { broken, type Check, type CheckOutcome, holds } from "../check";
import { reviewInvocation } from "../next-commands";

export const secretsKey: Check = {
  id: "secrets-key",
  title: "key of Secrets",
  async run(snapshot) {
    const { aws, settings } = snapshot;
    const { encryptionConfig = [] } = await snapshot.cluster();
    const KeyId = encryptionConfig.find(({ resources }) => resources?.includes("secrets"))?.provider?.keyArn;
    if (KeyId === undefined) {
      const cause = "the cluster was not made by this platform, which gives it a key at first";
      return broken("the cluster has none of its own", cause, reviewInvocation(settings, "cluster"));
    }
    const { secretsKeyArn = KeyId } = settings.controlPlane;
    if (secretsKeyArn !== KeyId) {
      return broken(
        `it is ${KeyId}, and settings.ts names ${secretsKeyArn}`,
        "EKS keeps the key that a cluster was made with: name that one in controlPlane.secretsKeyArn, or none if the cluster stack made it",
        `aws kms describe-key --region ${settings.region} --key-id ${KeyId}`,
      );
    }
    const described = await ifResourceExists(aws.kms.send(new DescribeKeyCommand({ KeyId })));
    return described?.KeyMetadata
      ? keyOutcome(settings.region, KeyId, described.KeyMetadata)
      : broken(
          `${KeyId} is gone`,
          "it was deleted, and no Secret can be read any more: only a new cluster helps",
          `aws kms describe-key --region ${settings.region} --key-id ${KeyId}`,
        );
  },
};

function keyOutcome(region: string, keyId: string, { KeyState, DeletionDate }: KeyMetadata): CheckOutcome {
  const key = `--region ${region} --key-id ${keyId}`;
  switch (KeyState) {
    case "Enabled":
    case "Updating":
      return holds(`${keyId.split(":").at(-1)} is ${KeyState}`);
    case "PendingDeletion":
      return broken(
        `${keyId} is deleted on ${DeletionDate?.toISOString().slice(0, 10) ?? "a day that KMS does not say"}`,
        "somebody scheduled it: no Secret can be read from then on, and it can't be undone",
        `aws kms cancel-key-deletion ${key} && aws kms enable-key ${key}`,
      );
    default:
      return broken(
        `${keyId} is ${KeyState}`,
        "somebody changed it by hand: a control plane that starts anew can't read its Secrets",
        `aws kms ${KeyState === "Disabled" ? "enable-key" : "describe-key"} ${key}`,
      );
  }
}
