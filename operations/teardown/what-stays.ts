import { deployKeyTitle } from "../../platform/names";
import { Failure } from "../command/failure";
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
  const unknown = `Whether ${owner}/${name} has a deploy key '${title}' is not known`;
  let keys: Awaited<ReturnType<typeof deployKeys>>;
  try {
    keys = await deployKeys();
  } catch (thrown) {
    if (thrown instanceof Failure) {
      return [`${unknown}: ${thrown.message}`];
    }
    throw thrown;
  }
  if (keys === undefined) {
    return [`${unknown}: no GITHUB_TOKEN may read its deploy keys.`];
  }
  return keys
    .filter((key) => key.title === title)
    .map(
      ({ id }) =>
        `The deploy key '${title}' of ${owner}/${name} stays: gh api --method DELETE repos/${owner}/${name}/keys/${id}`,
    );
}
