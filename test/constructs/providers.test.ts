import { type ClusterConnection, useAws, useCluster, useGithub, useTfe, useTls } from "../../constructs/providers";
import { versions } from "../../platform/versions";
import { newestRelease } from "../../releases/all";
import { define } from "../support/define";

const { name: release, providers } = newestRelease;
const deployRole = "arn:aws:iam::111122223333:role/deployers/platform";

function connected(auth: ClusterConnection["auth"], more: Pick<ClusterConnection, "deployRole"> = {}) {
  return define((stack) => {
    useCluster(stack, {
      ...more,
      clusterName: "demo",
      region: "eu-central-1",
      endpoint: "https://api.example",
      certificateAuthority: "Y2E=",
      auth,
      release,
    });
  });
}

test("every provider is the exact version that was rehearsed, by its full source", () => {
  const { terraform } = define((stack) => {
    useAws(stack, { name: "demo", tags: {}, account: "111122223333", region: "eu-central-1", release });
    useGithub(stack, { owner: "acme", release });
    useTls(stack, { release });
    useTfe(stack, { organization: "acme" });
    useCluster(stack, {
      clusterName: "demo",
      region: "eu-central-1",
      endpoint: "https://api.example",
      certificateAuthority: "Y2E=",
      auth: "exec",
      release,
    });
  });

  expect(terraform.required_providers).toEqual({ ...providers, tfe: versions.tfe });
  for (const provider of [...Object.values(providers), versions.tfe]) {
    expect(provider).toEqual({
      source: expect.stringMatching(/^\w+\/\w+$/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  }
});

test("all that AWS can tag carries the owner's tags", () => {
  const { provider } = define((stack) => {
    useAws(stack, {
      name: "demo",
      tags: { Team: "platform" },
      account: "111122223333",
      region: "eu-central-1",
      release,
    });
  });

  expect(provider.aws).toMatchObject([{ default_tags: [{ tags: { Team: "platform", Cluster: "demo" } }] }]);
});

test("a token is asked for at every run and kept in no state", () => {
  const { provider, module, data } = connected("token");

  expect(module).toHaveProperty("cluster_token.cluster_name", "demo");
  expect(provider.kubernetes).toMatchObject([{ token: "${module.cluster_token.token}" }]);
  expect(provider.helm).toMatchObject([{ kubernetes: { token: "${module.cluster_token.token}" } }]);
  expect(data).not.toHaveProperty("aws_eks_cluster_auth");
});

test("with exec the AWS CLI makes a token whenever one is needed", () => {
  const { provider } = connected("exec");
  const exec = { command: "aws", args: expect.arrayContaining(["get-token", "demo", "eu-central-1"]) };

  expect(provider.kubernetes).toMatchObject([{ exec: [exec] }]);
  expect(provider.helm).toMatchObject([{ kubernetes: { exec } }]);
});

test("commits go one by one, and one that met another's is tried again", () => {
  const { provider } = define((stack) => useGithub(stack, { owner: "acme", release }));

  expect(provider.github).toMatchObject([
    { parallel_requests: false, legacy_client: true, retryable_errors: expect.arrayContaining([409]) },
  ]);
});

test("credentials of another account are refused by the AWS provider", () => {
  const { provider } = define((stack) => {
    useAws(stack, { name: "demo", tags: {}, account: "111122223333", region: "eu-central-1", release });
  });

  expect(provider.aws).toMatchObject([{ allowed_account_ids: ["111122223333"] }]);
  expect(provider.aws?.[0]).not.toHaveProperty("assume_role");
});

test("the role is assumed by the AWS provider, in a session that says what it is for, and by the AWS CLI", () => {
  const { provider } = define((stack) => {
    useAws(stack, { name: "demo", tags: {}, account: "111122223333", region: "eu-central-1", release, deployRole });
  });
  const { provider: cluster } = connected("exec", { deployRole });
  const exec = { args: expect.arrayContaining(["get-token", "--role-arn", deployRole]) };

  expect(provider.aws).toMatchObject([{ assume_role: [{ role_arn: deployRole, session_name: "demo-terraform" }] }]);
  expect(cluster.kubernetes).toMatchObject([{ exec: [exec] }]);
  expect(cluster.helm).toMatchObject([{ kubernetes: { exec } }]);
});
