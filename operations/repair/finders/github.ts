import { deployKeys } from "../../github/deploy-keys";
import { repository } from "../../github/repository";
import { type Finder, finderBy } from "../existing";

/** What GitHub has but once: a key, in all of GitHub; a repository's name, with its owner. */
export const githubFinders: Readonly<Record<string, Finder>> = {
  github_repository_deploy_key: finderBy(["repository", "key"], async (known, { settings, observe }) => {
    const { repository: name, key } = known;
    const keys = await deployKeys({ owner: settings.repository.owner, name }, observe);
    const found = keys.find((one) => keyMaterial(one.key) === keyMaterial(key));
    return (
      found && {
        id: `${name}:${found.id}`,
        tags: undefined,
        details: [
          `'${found.title}', made at ${found.created_at}, ${found.read_only ? "may read" : "may write"}`,
          found.key,
        ],
      }
    );
  }),

  github_repository: finderBy(["name"], async ({ name }, { settings, observe }) => {
    const { owner } = settings.repository;
    const found = await repository({ owner, name }, observe);
    if (!found) {
      return undefined;
    }
    const archived = {
      reason: "it is archived",
      next: `rename or delete it on GitHub; or unarchive it, and set repository.mode to "existing" in settings.ts`,
    };
    return {
      id: name,
      tags: undefined,
      details: [
        `${owner}/${name}, ${found.visibility}, made at ${found.created_at}, last pushed to at ${found.pushed_at}`,
      ],
      ...(found.archived ? { obstacle: archived } : {}),
    };
  }),
};

/** Returns a public key without its comment, which GitHub does not keep. */
function keyMaterial(key: string): string {
  return key.trim().split(/\s+/).slice(0, 2).join(" ");
}
