import { Failure } from "../../command/failure";
import { repository } from "../../github/repository";
import { type Finder, finderBy } from "../existing";

/** What GitHub has but once: a key, in all of GitHub; a repository's name, with its owner. */
export const githubFinders: Readonly<Record<string, Finder>> = {
  github_repository_deploy_key: finderBy(["repository", "key"], async ({ repository: name, key }, { deployKeys }) => {
    const keys = await deployKeys();
    if (!keys) {
      throw new Failure(
        "denied",
        `GitHub shows no deploy keys of ${name}: GITHUB_TOKEN is not set, or may not see them`,
        "set GITHUB_TOKEN to a token like the one with which the bootstrap stack is applied",
      );
    }
    const found = keys.find((one) => keyMaterial(one.key) === keyMaterial(key));
    if (!found) {
      return undefined;
    }
    const { id, title, created_at, read_only } = found;
    const right = read_only ? "may read" : "may write";
    return {
      id: `${name}:${id}`,
      tags: undefined,
      details: [`'${title}', made at ${created_at}, ${right}`, found.key],
    };
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
