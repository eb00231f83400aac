import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TfeProvider } from "@cdktf/provider-tfe/lib/provider";
import { TlsProvider } from "@cdktf/provider-tls/lib/provider";
import { Fn, type TerraformStack } from "cdktf";

import { ClusterToken } from "../.gen/modules/cluster-token";
import { hcpHost, hostOf, type Organization } from "../platform/hcp";
import { deploySessionName, terraformTags } from "../platform/names";
import { versions } from "../platform/versions";
import { releaseNamed } from "../releases/all";
import type { Provider, ProviderName } from "../releases/release";
import { isStrangeToTerraform } from "../schema/region";
import { type OwnershipProps, ownershipTags } from "./ownership-tags";

/** Where the AWS provider works, and whose its resources are. */
export interface AwsProps extends OwnershipProps {
  readonly account: string;
  readonly region: string;
  /** Name of the release whose versions the providers have. */
  readonly release: string;
  /**
   * ARN of the role that it assumes.
   * @default - it works as whoever applies
   */
  readonly deployRole?: string | undefined;
}

/** Gives a stack the AWS provider, which tags all that it makes, and refuses credentials of another account. */
export function useAws(stack: TerraformStack, props: AwsProps): void {
  const { name, release } = props;
  pinOf(stack, "aws", release);
  new AwsProvider(stack, "aws", {
    ...whereAndAsWhom(name, props),
    defaultTags: [{ tags: { ...ownershipTags(props), ...terraformTags(name) } }],
  });
}

/** Returns how Terraform's provider and its S3 backend assume a role. */
export function deploySession(clusterName: string, roleArn: string) {
  return { roleArn, sessionName: deploySessionName(clusterName, "terraform") };
}

/** @param name - what sessions of the role begin with */
function whereAndAsWhom(name: string, { account, region, deployRole }: Omit<AwsProps, keyof OwnershipProps>) {
  return {
    region,
    ...(isStrangeToTerraform(region) ? { skipRegionValidation: true } : {}),
    allowedAccountIds: [account],
    ...(deployRole === undefined ? {} : { assumeRole: [deploySession(name, deployRole)] }),
  };
}

/** Gives a stack, which may work in several accounts, an AWS provider for one of them. */
export function useAwsAccount(stack: TerraformStack, props: Omit<AwsProps, keyof OwnershipProps>): AwsProvider {
  const { account, release } = props;
  pinOf(stack, "aws", release);
  return new AwsProvider(stack, `aws-${account}`, {
    alias: `account_${account}`,
    ...whereAndAsWhom("workspaces", props),
    // No tag of a cluster's, since what is made outlives clusters.
    defaultTags: [{ tags: { ManagedBy: "Terraform" } }],
  });
}

/** Gives a stack the provider of HCP Terraform; its token is of whoever is logged in (`terraform login`). */
export function useTfe(stack: TerraformStack, organization: Organization): void {
  pin(stack, "tfe", versions.tfe);
  const host = hostOf(organization);
  new TfeProvider(stack, "tfe", {
    organization: organization.organization,
    // HCP Terraform's own host is the default, in whose place TFE_HOSTNAME may put another, as a rehearsal does.
    ...(host === hcpHost ? {} : { hostname: host }),
  });
}

/** Gives a stack the GitHub provider; its token comes from the environment (GITHUB_TOKEN). */
export function useGithub(stack: TerraformStack, props: { owner: string; release: string }): void {
  pinOf(stack, "github", props.release);
  const provider = new GithubProvider(stack, "github", {
    owner: props.owner,
    // Commits to one branch conflict unless they go one by one: integrations/terraform-provider-github#2909.
    parallelRequests: false,
    // Replaces the provider's own list, which lacks 409: what GitHub answers when somebody else commits meanwhile.
    retryableErrors: [409, 500, 502, 503, 504],
    maxRetries: 3,
    retryDelayMs: 1000,
  });
  // Typed from 6.13. Without it an environment variable could bring the client that ignores parallelRequests.
  provider.addOverride("legacy_client", true);
}

/** Gives a stack the TLS provider, which makes key pairs. */
export function useTls(stack: TerraformStack, props: { release: string }): void {
  pinOf(stack, "tls", props.release);
  new TlsProvider(stack, "tls");
}

/** The way of the Helm and Kubernetes providers to a cluster. */
export interface ClusterConnection {
  readonly clusterName: string;
  readonly region: string;
  readonly endpoint: string;
  /** CA bundle in Base64, as EKS gives it. */
  readonly certificateAuthority: string;
  readonly auth: "token" | "exec";
  /** Name of the release whose versions the providers have. */
  readonly release: string;
  /**
   * ARN of the role that logs in.
   * @default - whoever applies does
   */
  readonly deployRole?: string | undefined;
}

/** Gives a stack the Helm and Kubernetes providers for one cluster, with the credentials of the role, or of whoever applies. */
export function useCluster(stack: TerraformStack, props: ClusterConnection): void {
  const { clusterName, region, endpoint, certificateAuthority, auth, release, deployRole } = props;
  pinOf(stack, "helm", release);
  pinOf(stack, "kubernetes", release);
  const connection = { host: endpoint, clusterCaCertificate: Fn.base64decode(certificateAuthority) };
  if (auth === "token") {
    // The AWS provider makes it, as whom it has assumed.
    const { tokenOutput: token } = new ClusterToken(stack, "cluster-token", { clusterName });
    new HelmProvider(stack, "helm", { kubernetes: { ...connection, token } });
    new KubernetesProvider(stack, "kubernetes", { ...connection, token });
    return;
  }
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "aws",
    args: [
      ...["eks", "get-token", "--cluster-name", clusterName, "--region", region, "--output", "json"],
      ...(deployRole === undefined ? [] : ["--role-arn", deployRole]),
    ],
  };
  new HelmProvider(stack, "helm", { kubernetes: { ...connection, exec } });
  new KubernetesProvider(stack, "kubernetes", { ...connection, exec: [exec] });
}

function pinOf(stack: TerraformStack, name: ProviderName, release: string): void {
  pin(stack, name, releaseNamed(release).providers[name]);
}

/** Pins the version that was rehearsed, which may be later than that of the bindings, with a full source, as OpenTofu needs it. */
function pin(stack: TerraformStack, name: string, provider: Provider): void {
  stack.addOverride(`terraform.required_providers.${name}`, provider);
}
