import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Fn, type Postcondition } from "cdktf";
import { Construct } from "constructs";

import { clusterRoleName, controlPlaneLogGroup, discoveryTag } from "../platform/names";
import type { IamSettings } from "../schema/iam";
import type { Partition } from "../schema/region";
import { ApiIngress } from "./api-ingress";
import { awsName } from "./aws-names";
import { policyDocument } from "./iam-policy";
import { retentionInDays } from "./log-retention";
import { ServiceRole } from "./service-role";

export interface ClusterProps {
  readonly name: string;

  /** Minor version of Kubernetes: `1.36`. */
  readonly kubernetesVersion: string;

  /** What the organization asks of its role. */
  readonly iam: IamSettings;

  readonly partition: Partition;

  readonly accountId: string;

  /** Subnets for the network interfaces of the control plane; their zones are the cluster's for ever. */
  readonly subnetIds: string[];

  /** Network in which the private endpoint answers; or a list of them, which Terraform reads. */
  readonly vpcCidrBlocks: string | string[];

  /** Networks that may reach the public endpoint; none means that there is no public endpoint. */
  readonly apiAccess: readonly string[];

  /** Days that the control plane's logs are kept, or "never": they are kept for ever. */
  readonly logRetentionDays: number | "never";

  readonly controlPlane: {
    /**
     * Network of Services.
     * @default - EKS chooses one
     */
    readonly serviceCidr?: string | undefined;

    /** Logs that are written, as EKS names them. */
    readonly logTypes: readonly string[];

    /**
     * ARN of a KMS key that is there.
     * @default - one is made
     */
    readonly secretsKeyArn?: string | undefined;
  };

  readonly deletionProtection: boolean;
}

/** An EKS control plane without add-ons, with encrypted secrets and its logs, that nobody may use yet. */
export class Cluster extends Construct {
  readonly name: string;

  readonly arn: string;

  readonly endpoint: string;

  /** Endpoint without `https://`. */
  readonly host: string;

  /** CA bundle, in Base64. */
  readonly certificateAuthority: string;

  /** URL of the cluster's OIDC issuer. */
  readonly oidcIssuerUrl: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const cluster = this.controlPlane(props);
    this.configureSecurityGroup(cluster, props);

    this.name = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.host = Fn.replace(cluster.endpoint, "https://", "");
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.oidcIssuerUrl = cluster.identity.get(0).oidc.get(0).issuer;
  }

  private controlPlane(props: ClusterProps): EksCluster {
    const { name, iam, partition, apiAccess, controlPlane } = props;
    const { serviceCidr, logTypes, secretsKeyArn } = controlPlane;
    const role = new ServiceRole(this, "Role", {
      name: clusterRoleName({ name, iam }),
      iam,
      description: `Control plane of ${name}`,
      service: "eks.amazonaws.com",
      partition,
      managedPolicies: { eks: "AmazonEKSClusterPolicy" },
    });
    const keyArn = secretsKeyArn ?? this.secretsKey(props, role.arn).arn;
    // It comes before the cluster: otherwise EKS makes the group, without retention, and it outlives the cluster. Without logs it stays
    // too, for what was logged before.
    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: awsName("logGroup", controlPlaneLogGroup(name)),
      retentionInDays: retentionInDays(props.logRetentionDays),
    });

    return new EksCluster(this, "Resource", {
      name,
      version: props.kubernetesVersion,
      roleArn: role.arn,
      // No aws-node, no kube-proxy, no CoreDNS: Cilium replaces the first two, and the third comes when it can run.
      bootstrapSelfManagedAddons: false,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      encryptionConfig: { provider: { keyArn }, resources: ["secrets"] },
      ...(serviceCidr === undefined ? {} : { kubernetesNetworkConfig: { serviceIpv4Cidr: serviceCidr } }),
      enabledClusterLogTypes: [...logTypes],
      vpcConfig: {
        subnetIds: props.subnetIds,
        endpointPrivateAccess: true,
        endpointPublicAccess: apiAccess.length > 0,
        ...(apiAccess.length > 0 ? { publicAccessCidrs: [...apiAccess] } : {}),
      },
      // EXTENDED, the default, bills several times as much after 14 months without an upgrade.
      upgradePolicy: { supportType: "STANDARD" },
      deletionProtection: props.deletionProtection,
      dependsOn: [logGroup, ...role.attachments],
      lifecycle: {
        // They are read back as unknown from an imported cluster, and would force its replacement: hashicorp/terraform-provider-aws#39058.
        ignoreChanges: [
          "access_config[0].bootstrap_cluster_creator_admin_permissions",
          "bootstrap_self_managed_addons",
          ...(secretsKeyArn === undefined ? [] : [keyArnPath]),
        ],
        ...(secretsKeyArn === undefined ? {} : { postcondition: [keptKey(secretsKeyArn)] }),
      },
    });
  }

  /** Makes the key that encrypts Kubernetes' secrets, for the role of the control plane. */
  private secretsKey({ name, partition, accountId }: ClusterProps, roleArn: string): KmsKey {
    const key = new KmsKey(this, "Key", {
      description: `Kubernetes secrets of ${name}`,
      enableKeyRotation: true,
      policy: policyDocument(
        {
          // IAM of the account decides, as by AWS's default policy: else nobody could manage the key once a principal named here is gone.
          // Whoever makes the cluster needs kms:CreateGrant of it, without kms:GrantIsForAWSResource, which EKS does not support then
          // (EKS's user guide, "Encrypt Kubernetes secrets with KMS").
          sid: "Account",
          actions: ["kms:*"],
          principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
          resources: ["*"],
        },
        {
          // What the API server's plugin calls (kubernetes-sigs/aws-encryption-provider, pkg/plugin), and EKS to look at the key.
          sid: "ControlPlane",
          actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"],
          principal: { AWS: roleArn },
          resources: ["*"],
        },
      ),
    });
    new KmsAlias(this, "Alias", { name: awsName("kmsAlias", `alias/eks/${name}`), targetKeyId: key.keyId });
    return key;
  }

  /** Configures the group that EKS makes, the only one of the nodes. */
  private configureSecurityGroup({ vpcConfig }: EksCluster, { name, vpcCidrBlocks }: ClusterProps): void {
    const securityGroupId = vpcConfig.clusterSecurityGroupId;
    new ApiIngress(this, "Ingress", { securityGroupId, cidrBlocks: vpcCidrBlocks });
    // Without this tag Karpenter would not find it, and launches no node without a security group.
    new Ec2Tag(this, "SecurityGroupTag", { resourceId: securityGroupId, key: discoveryTag, value: name });
  }
}

const keyArnPath = "encryption_config[0].provider[0].key_arn";

/**
 * Returns what must hold in each plan: EKS keeps the key that a cluster was made with, and hashicorp/aws plans another one and changes
 * nothing. Since the plan ignores such a change, it compares the key in use with that of the settings.
 */
function keptKey(secretsKeyArn: string): Postcondition {
  return {
    condition: `\${self.${keyArnPath} == "${secretsKeyArn}"}`,
    errorMessage: `The cluster encrypts with \${self.${keyArnPath}}, and EKS keeps the key that a cluster was made with. Set controlPlane.secretsKeyArn in settings.ts to that key, or leave it out if this stack made the key.`,
  };
}
