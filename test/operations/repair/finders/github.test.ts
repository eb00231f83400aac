import type { Connection } from "../../../../operations/connection";
import type { DeployKey } from "../../../../operations/github/deploy-keys";
import { githubFinders } from "../../../../operations/repair/finders/github";

const key = {
  id: 7,
  title: "Flux in demo",
  key: "ssh-ed25519 AAAA",
  created_at: "2026-11-27T10:00:00Z",
  read_only: true,
};

const none = { ids: [], isReplaced: false };

function foundAmong(keys: readonly DeployKey[] | undefined, planned: string) {
  const connection = { deployKeys: async () => keys } as unknown as Connection;
  return githubFinders["github_repository_deploy_key"]?.({ repository: "clusters", key: planned }, connection, none);
}

test("a deploy key is found by what it is, whatever its title and its comment", async () => {
  expect(await foundAmong([{ ...key, title: "x" }], "ssh-ed25519 AAAA me@here\n")).toMatchObject({
    id: "clusters:7",
    tags: undefined,
  });
});

test("another key with the same title is in nobody's way", async () => {
  expect(await foundAmong([key], "ssh-ed25519 BBBB")).toBeUndefined();
});

test("without a token that may see the keys, it is not taken for granted that there are none", async () => {
  await expect(foundAmong(undefined, "ssh-ed25519 AAAA")).rejects.toMatchObject({ kind: "denied" });
});
