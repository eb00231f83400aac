import { CreateAccessEntryCommand, DeleteAccessEntryCommand, EKSClient } from "@aws-sdk/client-eks";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

import { verifyGroup } from "../../platform/names";
import { type Break, done, withEnvironment } from "./breaking";
import { createRole } from "./create-role";
import type { World } from "./world";

const name = "platform-verify";
const arn = `arn:aws:iam::111122223333:role/${name}`;

/** Has somebody else act: a role in a group of the cluster, which may do what a manifest says. */
export async function asReader({ kubectl, settings }: World, manifest: string): Promise<Break> {
  const { region, name: clusterName } = settings;
  const eks = new EKSClient({ region });
  const entry = { clusterName, principalArn: arn };
  await createRole(name, { AWS: "arn:aws:iam::111122223333:root" });
  const credentials = await asRole(arn, region);
  const admitted = done(
    async () => {
      await kubectl.apply(manifest);
      await eks.send(new CreateAccessEntryCommand({ ...entry, kubernetesGroups: [verifyGroup] }));
    },
    async () => {
      await eks.send(new DeleteAccessEntryCommand(entry));
      await kubectl.run(["delete", "--filename=-"], manifest);
    },
  );
  return (act) => admitted(() => credentials(act));
}

/** Has a role act that everybody in the account may assume. */
export async function asRole(roleArn: string, region: string): Promise<Break> {
  const assumed = await new STSClient({ region }).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "verify" }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials ?? {};
  return withEnvironment({
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    AWS_SESSION_TOKEN: SessionToken,
  });
}
