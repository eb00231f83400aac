import { CommandError } from "../../operations/command/failure";
import type { Cluster } from "../../schema/settings";

/** Makes the branch that Flux follows, where the repository is to be there and its first branch has another name. */
export async function ensureBranch(
  { owner, name, branch, mode }: Cluster["repository"],
  { GITHUB_BASE_URL: url = "", GITHUB_TOKEN: token = "" }: Readonly<Record<string, string>>,
): Promise<void> {
  if (mode !== "existing") {
    return;
  }
  const repository = `${url}repos/${owner}/${name}`;
  const ask = async <Answer>(address: string, body?: object): Promise<Answer> => {
    const answer = await fetch(address, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) {
      throw new CommandError(`${address}: ${answer.status} ${await answer.text()}`);
    }
    return (await answer.json()) as Answer;
  };
  const { default_branch: first } = await ask<{ readonly default_branch: string }>(repository);
  if (first !== branch) {
    const { commit } = await ask<{ readonly commit: { readonly sha: string } }>(`${repository}/branches/${first}`);
    await ask(`${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha: commit.sha });
  }
}
