import { createHash } from "node:crypto";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { stringify } from "smol-toml";

import { startupTaint } from "../platform/names";
import { podsPerNode } from "../schema/instance-types";
import { awsName } from "./aws-names";

export interface NodeGroupProps {
  /** Minor version of Kubernetes: `1.36`. */
  readonly kubernetesVersion: string;

  /** Release of Bottlerocket, without `v`. */
  readonly bottlerocketVersion: string;

  readonly clusterName: string;

  readonly roleArn: string;

  readonly subnetIds: string[];

  /** Types of arm64, most wanted first. */
  readonly instanceTypes: string[];

  /** The group starts with this size, too. */
  readonly minSize: number;

  readonly maxSize: number;

  /** Tags of the instances and volumes, which those of the group do not reach. */
  readonly tags: Record<string, string>;

  /** The CNI: without one, no node becomes ready and the group fails for good (aws/containers-roadmap#764). */
  readonly cni: ITerraformDependable;
}

/** Bottlerocket nodes on which nothing is scheduled until Cilium's agent runs. */
export class NodeGroup extends Construct {
  /** To depend on before there are pods. */
  readonly resource: EksNodeGroup;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { clusterName, minSize, maxSize } = props;
    const template = this.launchTemplate(props);
    const release = new DataAwsSsmParameter(this, "release", {
      name: `/aws/service/bottlerocket/aws-k8s-${props.kubernetesVersion}/arm64/${props.bottlerocketVersion}/image_version`,
    });

    this.resource = new EksNodeGroup(this, "Resource", {
      clusterName,
      // It is a prefix, so that the group's successor can come before it goes.
      nodeGroupNamePrefix: awsName("eksNodeGroupPrefix", `${id}-`),
      nodeRoleArn: props.roleArn,
      subnetIds: props.subnetIds,
      amiType: "BOTTLEROCKET_ARM_64",
      instanceTypes: props.instanceTypes,
      version: props.kubernetesVersion,
      // The provider hides `value` from the plan.
      releaseVersion: release.insecureValue,
      // The only version that it has: it is replaced rather than changed.
      launchTemplate: { id: template.id, version: "1" },
      scalingConfig: { minSize, desiredSize: minSize, maxSize },
      updateConfig: { maxUnavailable: 1 },
      // NoExecute keeps out what was bound before the taint came, too (Cilium, "Taints").
      taint: [{ key: startupTaint, value: "true", effect: "NO_EXECUTE" }],
      dependsOn: [props.cni],
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["scaling_config[0].desired_size"] },
    });
  }

  /** Names no security groups, so that the nodes have EKS's, and no other that load balancers would find. */
  private launchTemplate({ clusterName, kubernetesVersion, tags }: NodeGroupProps): LaunchTemplate {
    const name = `${clusterName}-${this.node.id}`;
    const ebs = { volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" };
    // Sorted, since their order in the settings means nothing.
    const own = Object.fromEntries(Object.entries({ ...tags, Name: name }).sort());
    const content = {
      description: `Nodes of ${clusterName}`,
      userData: Buffer.from(stringify({ settings: { kubernetes: { "max-pods": podsPerNode } } })).toString("base64"),
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      // Bottlerocket has two disks: system, and images with containers.
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { ...ebs, volumeSize: 4 } },
        { deviceName: "/dev/xvdb", ebs: { ...ebs, volumeSize: 20 } },
      ],
      tagSpecifications: [
        { resourceType: "instance", tags: own },
        { resourceType: "volume", tags: own },
      ],
    };
    // When a group is updated, the provider names the release only if that changes too, and EKS takes its newest otherwise
    // (hashicorp/terraform-provider-aws#40902). So a change gives the template another name, by which it and the group are replaced.
    const digest = shortDigest([kubernetesVersion, content]);

    return new LaunchTemplate(this, "LaunchTemplate", {
      // A prefix, so that what a killed apply left is in no successor's way.
      namePrefix: awsName("launchTemplatePrefix", `${name}-${digest}-`),
      ...content,
    });
  }
}

/** Returns eight hexadecimal digits that are others for another value. */
function shortDigest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 8);
}
