import { deployKeyTitle } from "../../platform/names";
import type { Connection } from "../connection";
import { remainingKeys } from "./kms-keys";

/**
 * Returns lines that name what the stacks made, no state knows any more, and nothing here deletes: keys of KMS, since what they encrypted
 * would be lost, and the deploy key, since its title is all that tells whose it is.
 */
export async function whatStays(connection: Connection): Promise<string[]> {
  return [...(await keyLines(connection)), ...(await deployKeyLines(connection))];
}

async function keyLines(connection: Connection): Promise<string[]> {
  const { region, name } = connection.settings;
  return (await remainingKeys(connection)).map(
    (id) =>
      `A KMS key of ${name} stays, which bills: aws kms schedule-key-deletion --region ${region} --key-id ${id} --pending-window-in-days 30`,
  );
}

async function deployKeyLines({ settings, deployKeys }: Connection): Promise<string[]> {
  const { owner, name, access } = settings.repository;
  const title = deployKeyTitle(settings.name);
  if (access === "public") {
    return [];
  }
  const keys = await deployKeys();
  if (keys === undefined) {
    return [
      `Whether ${owner}/${name} has a deploy key '${title}' is not known: no GITHUB_TOKEN may read its deploy keys.`,
    ];
  }
  return keys
    .filter((key) => key.title === title)
    .map(
      ({ id }) =>
        `The deploy key '${title}' of ${owner}/${name} stays: gh api --method DELETE repos/${owner}/${name}/keys/${id}`,
    );
}
