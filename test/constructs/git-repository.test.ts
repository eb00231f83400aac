import { GitRepository, type GitRepositoryProps } from "../../constructs/git-repository";
import { define } from "../support/define";

function repository(props: Partial<GitRepositoryProps> = {}) {
  let url = "";
  let name = "";
  const { resource } = define((stack) => {
    ({ url, name } = new GitRepository(stack, "repository", {
      clusterName: "demo",
      owner: "acme",
      name: "clusters",
      branch: "main",
      mode: "existing",
      access: "deploy-key",
      ...props,
    }));
  });
  return { resource, url, name };
}

test("a repository that exists is used as it is: only a key is added", () => {
  const { resource } = repository({ mode: "existing" });

  expect(Object.keys(resource).sort()).toEqual(["github_repository_deploy_key", "tls_private_key"]);
});

test("Flux cannot write to the repository", () => {
  const { resource, url } = repository({ access: "deploy-key" });

  expect(resource.github_repository_deploy_key?.repository.read_only).toBe(true);
  expect(url).toBe("ssh://git@github.com/acme/clusters");
});

test("a public repository is read over HTTPS, without a key", () => {
  const { resource, url } = repository({ access: "public" });

  expect(resource).toEqual({});
  expect(url).toBe("https://github.com/acme/clusters");
});

test.each([
  ["deploy-key", "private"],
  ["public", "public"],
] as const)("one that is made for access by %s is %s, and on destroy archived, not deleted", (access, visibility) => {
  const { resource } = repository({ mode: "create", access });

  expect(resource.github_repository?.repository).toMatchObject({ visibility, archive_on_destroy: true });
});

test("files for one that is made wait until it has the branch that Flux follows", () => {
  const { resource, name } = repository({ mode: "create", branch: "live" });

  expect(name).toMatch(/TfToken/);
  expect(resource.github_branch_default?.repository).toMatchObject({ branch: "live", rename: true });
  expect(resource.github_repository_deploy_key?.repository.repository).toBe(
    "${github_branch_default.repository.repository}",
  );
});
