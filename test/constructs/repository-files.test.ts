import { GitRepository } from "../../constructs/git-repository";
import { RepositoryFiles, type RepositoryText } from "../../constructs/repository-files";
import { define } from "../support/define";

const texts: RepositoryText[] = [
  { id: "release", path: "karpenter/release.yaml", content: "name: ${cluster_name}\n" },
  { id: "pools", path: "karpenter/pools.yaml", content: "kind: NodePool\n" },
  { id: "karpenter", path: "clusters/demo/karpenter.yaml", content: "path: ./karpenter\n" },
];

function committed(files: RepositoryText[], mode: "existing" | "create" = "existing") {
  return define((stack) => {
    const repository = new GitRepository(stack, "repository", {
      clusterName: "demo",
      owner: "acme",
      name: "clusters",
      branch: "main",
      mode,
      access: "public",
    });
    new RepositoryFiles(stack, "files", {
      repository,
      files,
      dependsOn: { fqn: "kubernetes_config_map_v1.variables" },
    });
  }).resource.github_repository_file;
}

test("Flux's variables arrive in the repository as they are: Terraform reads none of them as its own", () => {
  expect(committed(texts)?.files_release.content).toBe("name: $${cluster_name}\n");
});

test("files are committed one after the other, in the order given", () => {
  const files = committed(texts);

  expect(files?.files_release.depends_on).toEqual(["kubernetes_config_map_v1.variables"]);
  expect(files?.files_pools.depends_on).toEqual(["github_repository_file.files_release"]);
  expect(files?.files_karpenter.depends_on).toEqual(["github_repository_file.files_pools"]);
});

test("another content alone changes the content alone", () => {
  const [first, ...rest] = texts;
  const before = committed(texts)?.files_release;
  const after = committed([{ id: "release", path: "karpenter/release.yaml", ...first, content: "name: x\n" }, ...rest]);

  expect(after?.files_release).toEqual({ ...before, content: "name: x\n" });
});

test("a commit whose answer was lost does not stop the next apply", () => {
  expect(committed(texts)?.files_release.overwrite_on_create).toBe(true);
});

test("no file is committed before a repository that is made here has its branch", () => {
  expect(committed(texts, "create")?.files_release.repository).toBe("${github_branch_default.repository.repository}");
});
