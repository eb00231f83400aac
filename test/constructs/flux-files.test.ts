import { parseAllDocuments } from "yaml";

import { type FluxFilesProps, fluxFiles } from "../../constructs/flux-files";
import { GitRepository } from "../../constructs/git-repository";
import type { RepositoryText } from "../../constructs/repository-files";
import { newestRelease } from "../../releases/all";
import { define } from "../support/define";

function manifests(clusterName: string, network?: FluxFilesProps["network"]): RepositoryText[] {
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
    files = fluxFiles(
      { name: clusterName, release: newestRelease, access: [{ policy: "verify" }], network },
      repository,
    ).filter(({ path }) => path.endsWith(".yaml"));
  });
  return files;
}

function objectsOf({
  content,
}: RepositoryText): { kind: string; spec?: { path?: string; subnetSelectorTerms?: object[] } }[] {
  return parseAllDocuments(content).map((document) => document.toJS());
}

test("in a network that is there, Karpenter finds subnets by their ids, and nothing else differs", () => {
  const file = (network?: FluxFilesProps["network"]) =>
    manifests("demo", network).find(({ path }) => path.endsWith("nodepools/default.yaml")) as RepositoryText;
  const byTags = objectsOf(file());
  const byIds = objectsOf(file({ privateSubnets: ["subnet-1", "subnet-2"] }));

  const termsOf = (objects: typeof byIds) => objects.flatMap(({ spec }) => spec?.subnetSelectorTerms ?? []);
  expect(termsOf(byIds)).toEqual([{ id: "subnet-1" }, { id: "subnet-2" }]);
  expect(termsOf(byTags)).toEqual([{ tags: { "karpenter.sh/discovery": "${cluster_name}" } }]);
  const others = (objects: typeof byIds) =>
    objects.map(({ spec, ...rest }) => ({ ...rest, spec: { ...spec, subnetSelectorTerms: undefined } }));
  expect(others(byIds)).toEqual(others(byTags));
});

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
