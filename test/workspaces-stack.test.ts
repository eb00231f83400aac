import { hcpHost, hostOf, workspacesStackName } from "../platform/hcp";
import { stackName, stackParts } from "../platform/parts";
import { type ClusterSettings, checkSettings } from "../schema/settings";
import { defineStacks } from "../stacks/platform";
import { inApp } from "./support/define";
import { checkedBackend, inCloud, stacksOf, workspacesStack, workspacesStacks } from "./support/workspaces";

const second = { name: "second", cidrBlock: "10.1.0.0/16", account: "444455556666" };
const admins = ["arn:aws:iam::444455556666:role/platform-admin"];
const other = (backend = {}, changes = {}) => inCloud(backend, { ...second, admins, ...changes });

test("the stack of workspaces is applied first, once for an organization, and is not there where no state is in HCP Terraform", () => {
  const dependencies = (...settings: ClusterSettings[]) => {
    const { clusters } = checkSettings(settings);
    const files = inApp((app) => {
      defineStacks(app, clusters);
    });
    const { stacks } = JSON.parse(files["manifest.json"] ?? "") as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    return Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, stack.dependencies]));
  };

  expect(dependencies(inCloud(), other())).toMatchObject({
    "acme-workspaces": [],
    "demo-k8s-cilium-network": ["acme-workspaces"],
    "demo-k8s-cilium-cluster": ["demo-k8s-cilium-network"],
    "second-network": ["acme-workspaces"],
  });
  expect(dependencies({ ...inCloud(), backend: { type: "local" } })).toMatchObject({
    "demo-k8s-cilium-network": [],
  });
});

test("organizations have a stack each, told apart by their hosts where they have one name", () => {
  const stacks = workspacesStacks(inCloud(), other({ hostname: "app.eu.terraform.io" }));

  expect(Object.keys(stacks).sort()).toEqual(["acme-app-eu-terraform-io-workspaces", "acme-workspaces"]);
  expect(stacks["acme-workspaces"]?.provider["tfe"]).toEqual([{ organization: "acme" }]);
  expect(stacks["acme-app-eu-terraform-io-workspaces"]?.provider["tfe"]).toEqual([
    { organization: "acme", hostname: "app.eu.terraform.io" },
  ]);
  expect(stacks["acme-app-eu-terraform-io-workspaces"]?.terraform["cloud"]).toMatchObject({
    hostname: "app.eu.terraform.io",
    workspaces: { name: "acme-app-eu-terraform-io-workspaces" },
  });
});

test("HCP Terraform's own host is the same whether it is named, in capitals even, or not", () => {
  expect(Object.keys(workspacesStacks(inCloud(), other({ hostname: "App.Terraform.IO" })))).toEqual([
    "acme-workspaces",
  ]);
  expect(hostOf({ organization: "acme" })).toBe(hcpHost);
  expect(workspacesStackName({ organization: "acme", hostname: "tfe.acme.example:8443" })).toBe(
    "acme-tfe-acme-example-8443-workspaces",
  );
});

test("each account has a provider that refuses all others, a pair of roles, and the variables of its own clusters", () => {
  const { provider, resource } = workspacesStack(inCloud(), other());
  const sets = Object.values(resource["tfe_workspace_variable_set"] ?? {}).map(
    ({ workspace_id, variable_set_id }) => `${workspace_id} ${variable_set_id}`,
  );

  expect(provider["aws"]).toMatchObject([
    { alias: "account_111122223333", allowed_account_ids: ["111122223333"] },
    { alias: "account_444455556666", allowed_account_ids: ["444455556666"] },
  ]);
  expect(Object.keys(resource["aws_iam_role"] ?? {})).toHaveLength(4);
  expect(sets).toHaveLength(6);
  expect(sets).toContain("${tfe_workspace.second_network.id} ${tfe_variable_set.account_444455556666_variables.id}");
});

test("clusters of one account share its provider and its roles, whatever their regions", () => {
  const west = { name: "west", region: "eu-west-1", zones: ["eu-west-1a", "eu-west-1b"], cidrBlock: "10.2.0.0/16" };
  const { provider, resource } = workspacesStack(inCloud(), inCloud({}, west));

  expect(provider["aws"]).toHaveLength(1);
  expect(Object.keys(resource["aws_iam_role"] ?? {})).toHaveLength(2);
});

test("the roles of runs are let into the cluster: that of applies administers it, that of plans reads it", () => {
  const stacks = stacksOf(checkSettings([inCloud()]).clusters);
  const eks = stacks["demo-k8s-cilium-cluster"];
  const entries = eks?.resource["aws_eks_access_entry"] ?? {};
  const policies = Object.values(eks?.resource["aws_eks_access_policy_association"] ?? {}).map((association) => {
    const [, name = ""] = /^\$\{aws_eks_access_entry\.(\w+)\./.exec(association.principal_arn) ?? [];
    return `${entries[name].principal_arn} ${association.policy_arn.split("/").at(-1)}`;
  });
  const roles = Object.values(stacks["acme-workspaces"]?.resource["aws_iam_role"] ?? {}).map(({ name }) => name);

  expect(policies.sort()).toEqual([
    "arn:aws:iam::111122223333:role/acme-runs-apply AmazonEKSClusterAdminPolicy",
    "arn:aws:iam::111122223333:role/acme-runs-plan AmazonEKSAdminViewPolicy",
    "arn:aws:iam::111122223333:role/platform-admin AmazonEKSClusterAdminPolicy",
  ]);
  expect(roles.sort()).toEqual(["acme-runs-apply", "acme-runs-plan"]);
  expect(eks?.module["deployer_check"]).toMatchObject({
    admins: [
      "arn:aws:iam::111122223333:role/platform-admin",
      "arn:aws:iam::111122223333:role/acme-runs-apply",
      "arn:aws:iam::111122223333:role/acme-runs-plan",
    ],
  });
});

test.each(["review", "backend", "account-111122223333"])(
  "a cluster may be called %s, as something else of the stack is",
  (name) => {
    const { resource } = workspacesStack(inCloud({ runTask: { url: "https://review.acme.example" } }, { name }));

    expect(Object.keys(resource["tfe_workspace"] ?? {})).toContain(`${name.replaceAll("-", "_")}_network`);
  },
);

test("a cluster whose name goes on where another's ends is told apart from what is that one's", () => {
  const { data } = workspacesStack(inCloud({}, { name: "a" }), other({}, { name: "a-variables" }));

  expect(Object.keys(data["tfe_variables"] ?? {}).sort()).toEqual(["a_variables", "a_variables_variables"]);
});

test("a name that begins with a digit begins no address, since Terraform takes none", () => {
  const { resource, output } = workspacesStack(inCloud({}, { name: "1st" }));

  expect(resource["tfe_workspace"]?.["_1st_network"]?.name).toBe("1st-network");
  expect(Object.keys(output)).toEqual(["_1st_github_token"]);
});

test("a region that Terraform does not know is taken", () => {
  const place = { region: "ap-southeast-6", zones: ["ap-southeast-6a", "ap-southeast-6b"] };

  expect(workspacesStack(inCloud({}, place)).provider["aws"]).toMatchObject([{ skip_region_validation: true }]);
});

test("a project is made or there already, and an organization's first one is always there", () => {
  const { resource, data } = workspacesStack(inCloud(), other({ project: "others", projectMode: "existing" }));

  expect(resource["tfe_project"]).toMatchObject({ project_platform: { name: "platform" } });
  expect(data["tfe_project"]).toMatchObject({ project_others: { name: "others" } });
  expect(workspacesStack(inCloud({ project: undefined })).data["tfe_project"]).toMatchObject({
    project_default_project: { name: "Default Project" },
  });
});

test("a host with a port has workspaces, and no roles: IAM takes no identity provider with a port", () => {
  const clusters = checkSettings([inCloud()]).clusters.map((cluster) => ({
    ...cluster,
    backend: { ...checkedBackend(), hostname: "tfe.acme.example:8443" },
  }));
  const stacks = stacksOf(clusters);
  const { resource } = stacks["acme-tfe-acme-example-8443-workspaces"] ?? {};

  expect(Object.keys(resource?.["tfe_workspace"] ?? {})).toHaveLength(3);
  expect(resource?.["aws_iam_role"]).toBeUndefined();
  expect(resource?.["tfe_workspace_variable_set"]).toBeUndefined();
  expect(Object.keys(stacks["demo-k8s-cilium-cluster"]?.resource["aws_eks_access_entry"] ?? {})).toEqual([
    "admins_role_platform_admin_111122223333",
    "karpenter_nodes",
  ]);
});

test("the stack tells of each cluster whether its runs have a token for GitHub", () => {
  expect(workspacesStack(inCloud()).output["demo_k8s_cilium_github_token"]?.value).toMatch(
    /^\$\{contains\(.*data\.tfe_variables\.demo_k8s_cilium_variables\.env.*"GITHUB_TOKEN"\) \? "is set" : "is missing: /,
  );
});

test("the review is one for the organization, with its key out of a variable that nobody sees", () => {
  const runTask = { url: "https://review.acme.example" } as const;
  const { resource, variable } = workspacesStack(
    inCloud({ runTask }),
    other({ runTask: { ...runTask, enforcement: "mandatory" } }),
  ) as ReturnType<typeof workspacesStack> & { variable: object };

  expect(variable).toMatchObject({ review_key: { type: "string", sensitive: true, nullable: false } });
  expect(resource["tfe_organization_run_task"]).toMatchObject({
    review: { url: "https://review.acme.example", hmac_key: "${var.review_key}" },
  });
  expect(resource["tfe_workspace_run_task"]).toMatchObject({
    demo_k8s_cilium_network: { enforcement_level: "advisory", stages: ["post_plan"] },
    second_bootstrap: { enforcement_level: "mandatory" },
  });
});

test("an agent runs what must reach the cluster, and nothing else", () => {
  const { resource } = workspacesStack(inCloud({ agentPool: "in-vpc" }));
  const modes = stackParts.map((part) => {
    const name = stackName("demo-k8s-cilium", part).replaceAll("-", "_");
    return resource["tfe_workspace_settings"]?.[name].execution_mode;
  });

  expect(modes).toEqual(["remote", "remote", "agent"]);
});

test.each([
  ["of a private repository", {}, true],
  ["of a public one, never", { visibility: "public" as const }, false],
])("pull requests %s are planned: %s", (_, vcs, isPlanned) => {
  const { resource, data } = workspacesStack(inCloud({ vcs: { repository: "acme/platform", ...vcs } }));

  expect(resource["tfe_workspace"]?.["demo_k8s_cilium_network"]).toMatchObject({
    speculative_enabled: isPlanned,
    working_directory: "cdktf.out/stacks/demo-k8s-cilium-network",
    trigger_patterns: ["/cdktf.out/stacks/demo-k8s-cilium-network/**/*"],
    vcs_repo: { identifier: "acme/platform", branch: "main" },
  });
  expect(data["tfe_github_app_installation"]).toMatchObject({ github_acme: { name: "acme" } });
});

test("pull requests are not planned of a repository that Flux reads without credentials: it is public", () => {
  const repository = { owner: "acme", name: "platform", access: "public" } as const;
  const { resource } = workspacesStack(inCloud({ vcs: { repository: "Acme/Platform" } }, { repository }));

  expect(resource["tfe_workspace"]?.["demo_k8s_cilium_network"].speculative_enabled).toBe(false);
});

test("the roles of runs have the account's boundary, path and prefix, and the cluster lets in just these", () => {
  const permissionsBoundary = "arn:aws:iam::111122223333:policy/boundary";
  const iam = { permissionsBoundary, path: "/platform/", namePrefix: "acme-" };
  const stacks = stacksOf(checkSettings([inCloud({}, { iam })]).clusters);
  const { aws_iam_role: roles = {}, aws_iam_policy: policies = {} } = stacks["acme-workspaces"]?.resource ?? {};
  const entries = stacks["demo-k8s-cilium-cluster"]?.resource["aws_eks_access_entry"] ?? {};

  for (const role of Object.values(roles)) {
    expect(role).toMatchObject({ path: "/platform/", permissions_boundary: permissionsBoundary });
  }
  expect(
    Object.values(policies)
      .map(({ path, name }) => `${path}${name}`)
      .sort(),
  ).toEqual(["/platform/acme-acme-runs-apply", "/platform/acme-acme-runs-plan"]);
  expect(Object.values(entries).map((entry) => entry.principal_arn)).toEqual(
    expect.arrayContaining([
      "arn:aws:iam::111122223333:role/platform/acme-acme-runs-apply",
      "arn:aws:iam::111122223333:role/platform/acme-acme-runs-plan",
    ]),
  );
});
