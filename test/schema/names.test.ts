import { expectMistake, mistakesAt } from "./mistakes";

const repositoryWith = (changes: object) => ({ repository: { owner: "acme", name: "clusters", ...changes } });

const name = mistakesAt("name", (value) => ({ name: value }));
const owner = mistakesAt("repository.owner", (value) => repositoryWith({ owner: value }));
const repository = mistakesAt("repository.name", (value) => repositoryWith({ name: value }));
const branch = mistakesAt("repository.branch", (value) => repositoryWith({ branch: value }));

test.each([
  name("a cluster name with a capital", "Demo", "lower-case letters, digits and dashes"),
  name("a cluster name with an underscore", "demo_eks", "lower-case letters, digits and dashes"),
  name("a cluster name with a dot", "demo.eks", "lower-case letters, digits and dashes"),
  name("a cluster name with a space at its end", "demo ", "begin and end with a letter or digit"),
  name("a cluster name with a letter beyond ASCII", "dämo", "lower-case letters, digits and dashes"),
  name("a cluster name that begins with a dash", "-demo", "begin and end with a letter or digit"),
  name("a cluster name that ends with a dash", "demo-", "begin and end with a letter or digit"),
  name("a cluster name of 33 characters", "a".repeat(33), "must be 1 to 32"),
  name("an empty cluster name", "", "must be 1 to 32"),
  name("a truth value of YAML 1.1", "no", "is no string where YAML 1.1 is read"),
  name("YAML's null", "null", "is no string where YAML 1.1 is read"),
  name("Cilium's name for clusters without one", "default", "is what Cilium calls each cluster that has no name"),
  ...["1", "007", "1e3", "1e-3", "0x1f", "0b11", "0o17", "2026-11-27"].map((number) =>
    name(`a name that YAML reads as a number or a date, ${number},`, number, "is no string where YAML 1.1 is read"),
  ),
  name("a cluster name that EC2 takes for a security group's id", "sg-demo", "begins with 'sg-'"),
  name("a cluster name that is a number", 7, "must be 1 to 32"),
  name("a cluster name that is null", null, "must be 1 to 32"),

  owner("an owner with an underscore in front", "_acme", "must be a GitHub organization or user"),
  owner("an owner with two dashes in a row", "ac--me", "single dashes within"),
  owner("an owner that begins with a dash", "-acme", "single dashes within"),
  owner("an owner that ends with a dash", "acme-", "single dashes within"),
  owner("an owner with a dot", "acme.com", "must be a GitHub organization or user"),
  owner("an owner of 40 characters", "a".repeat(40), "up to 39"),
  owner("a managed user of 40 characters", `${"a".repeat(35)}_corp`, "up to 39"),
  owner("an owner's address", "https://github.com/acme", "must be a GitHub organization or user"),
  owner("an empty owner", "", "must be a GitHub organization or user"),

  repository("a repository with its owner", "acme/clusters", "without the owner"),
  repository("a repository with a space", "my clusters", "letters, digits, '-', '_' and '.'"),
  repository("a repository that ends with .git", "clusters.git", "without '.git'"),
  repository("a repository that ends with .wiki", "clusters.wiki", "must be the name of a GitHub repository"),
  repository("a repository that is a dot", ".", "must be the name of a GitHub repository"),
  repository("a repository that is two dots", "..", "must be the name of a GitHub repository"),
  repository("a repository of 101 characters", "a".repeat(101), "up to 100"),
  repository("an empty repository name", "", "must be the name of a GitHub repository"),
  repository("a repository without a name", undefined, "must be the name of a GitHub repository"),

  branch("a branch with a space", "my branch", "must be a branch name that Git and GitHub take"),
  branch("a branch with a tilde", "main~1", "see git check-ref-format"),
  branch("a branch with a caret", "main^", "see git check-ref-format"),
  branch("a branch with a colon", "a:b", "see git check-ref-format"),
  branch("a branch with a question mark", "main?", "see git check-ref-format"),
  branch("a branch with a star", "release/*", "see git check-ref-format"),
  branch("a branch with a bracket", "a[1]", "see git check-ref-format"),
  branch("a branch with two dots", "a..b", "see git check-ref-format"),
  branch("a branch with two slashes in a row", "a//b", "see git check-ref-format"),
  branch("a branch that begins with a slash", "/main", "see git check-ref-format"),
  branch("a branch that ends with a slash", "main/", "see git check-ref-format"),
  branch("a branch that ends with a dot", "main.", "see git check-ref-format"),
  branch("a branch that ends with .lock", "main.lock", "see git check-ref-format"),
  branch("a branch with a folder that ends with .lock", "a.lock/b", "see git check-ref-format"),
  branch("a branch with a hidden part", "a/.b", "see git check-ref-format"),
  branch("a branch that begins with a dash", "-main", "see git check-ref-format"),
  branch("a branch that is an at sign", "@", "see git check-ref-format"),
  branch("a branch with a reflog's brace", "main@{1}", "see git check-ref-format"),
  branch("a branch that is HEAD", "HEAD", "see git check-ref-format"),
  branch("a branch that reads as a commit", "0123456789abcdef0123456789ABCDEF01234567", "Git and GitHub take"),
  branch(
    "a branch as Git's plumbing names it",
    "refs/heads/main",
    "is the ref of a branch; leave 'refs/heads/' out: 'main'",
  ),
  branch("a tag", "refs/tags/v1", "Git and GitHub take"),
  branch("a branch without a name", "refs/heads/", "Git and GitHub take"),
  branch("a branch longer than GitHub takes", "a".repeat(245), "Git and GitHub take"),
  branch("a branch with more bytes than GitHub takes", "é".repeat(123), "Git and GitHub take"),
  branch("a branch that Terraform would take for an expression", "${path.cwd}", "Git and GitHub take"),
  branch("a branch that the kubelet would expand", "$(HOME)", "Git and GitHub take"),
  branch("a branch that the kubelet would take an escape for", "a$$b", "Git and GitHub take"),
  branch("an empty branch", "", "Git and GitHub take"),
])("%s is refused", expectMistake);

test.each([
  mistakesAt("repository.mode", (mode) => repositoryWith({ mode }))("an unknown mode", "make", "'existing', 'create'"),
  mistakesAt("repository.access", (access) => repositoryWith({ access }))(
    "an unknown way to read the repository",
    "token",
    "must be one of 'deploy-key', 'public'",
  ),
])("%s is refused", expectMistake);
