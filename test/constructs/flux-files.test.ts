import { parseAllDocuments } from "yaml";

import { fluxFiles } from "../../constructs/flux-files";
import { GitRepository } from "../../constructs/git-repository";
import type { RepositoryText } from "../../constructs/repository-files";
import { newestRelease } from "../../releases/all";
import { define } from "../support/define";

function manifests(clusterName: string): RepositoryText[] {
  let files: RepositoryText[] = [];
  define((stack) => {
    const repository = new GitRepository(stack, "repository", {
      clusterName,
      owner: "acme",
      name: "clusters",
      branch: "main",
      mode: "existing",
      access: "deploy-key",
    });
    files = fluxFiles({ name: clusterName, release: newestRelease, access: [{ policy: "verify" }] }, repository).filter(
      ({ path }) => path.endsWith(".yaml"),
    );
  });
  return files;
}

function objectsOf({ content }: RepositoryText): { kind: string; spec?: { path?: string } }[] {
  return parseAllDocuments(content).map((document) => document.toJS());
}

test("nothing in the cluster's folder waits for variables or for other objects: Flux applies all of it at once, as it is", () => {
  const applied = manifests("demo").filter(({ path }) => path.startsWith("clusters/demo/"));

  expect(applied.filter(({ content }) => content.includes("${"))).toEqual([]);
  expect(new Set(applied.flatMap(objectsOf).map(({ kind }) => kind))).toEqual(
    new Set(["GitRepository", "OCIRepository", "Kustomization", "ClusterRole", "ClusterRoleBinding"]),
  );
});

test("Flux never sees a path that is not there yet: what is in it is committed before what names it", () => {
  const committed: string[] = [];
  const named: string[] = [];
  for (const file of manifests("demo")) {
    for (const { spec } of objectsOf(file)) {
      if (spec?.path?.startsWith("./karpenter/")) {
        named.push(spec.path);
        expect(committed).toContainEqual(expect.stringContaining(`${spec.path.slice(2)}/`));
      }
    }
    committed.push(file.path);
  }

  expect(named).toHaveLength(2);
});

test("two clusters follow one repository without a file in common", () => {
  const [one, two] = [manifests("one"), manifests("two")].map((files) => files.map(({ path }) => path));

  expect(one?.filter((path) => two?.includes(path))).toEqual([]);
});
