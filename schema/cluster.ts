import * as z from "zod";

import { access } from "./access";
import { accountId } from "./account";
import { clientNetworks, podBlock, vpcBlock } from "./address";
import { backend } from "./backend";
import { clusterName } from "./cluster-name";
import { controlPlane } from "./control-plane";
import { deployRole } from "./deploy-role";
import { defaultEndpoints, endpointServices } from "./endpoints";
import { iam } from "./iam";
import { logRetention } from "./log-retention";
import { existingNetwork, type NetworkSettings } from "./network";
import { newInAws } from "./new-in-aws";
import { nodes } from "./nodes";
import { adminPrincipals } from "./principals";
import { regionName } from "./region";
import { release } from "./release";
import { repository } from "./repository";
import { oneOf, strictObject, uniqueList } from "./rule";
import { tags } from "./tags";

/** One cluster, as `settings.ts` describes it. */
export const cluster = strictObject(
  {
    /** Name of the EKS cluster, prefix of its stacks and of what it owns in AWS. */
    name: clusterName,
    /** Set of versions that the cluster has, by its name in `releases/`. To upgrade, name a later one: `npm run upgrade` says what that does. */
    release,
    /** AWS account that the cluster is in, twelve digits: whoever is logged in to another can plan nothing. */
    account: accountId,
    /** Region, such as `eu-central-1`. */
    region: regionName,
    /**
     * Two to four zones of the region. A zone's place is its place in the address plan: append, never insert or
     * reorder.
     * @default - required, unless `network` names a VPC
     */
    zones: uniqueList(
      z.string("must be the name of an availability zone, such as 'eu-central-1a'"),
      "must be a list of availability zones, such as ['eu-central-1a', 'eu-central-1b']",
    )
      .refine(({ length }) => length >= 2, "must be two zones at least: EKS wants its network interfaces in two")
      .refine(({ length }) => length <= 4, "must be four zones at most: the address plan has room for four")
      .optional(),
    /**
     * Regions, availability zones and instance types that AWS has and this platform's tables do not know yet. A region brings its
     * zones along.
     * @default []
     */
    newInAws: newInAws.default([]),
    /**
     * Addresses of the VPC, /16 to /24. Half of them go to nodes and pods, a quarter to load balancers and NAT. Below /22 they are
     * too few for pods, which then need `podCidr`.
     * @default - required, unless `network` names a VPC
     */
    cidrBlock: vpcBlock.optional(),
    /**
     * A VPC that is there, in place of `zones` and `cidrBlock`: its owner's, who may share its subnets from another account. Nothing
     * of it is ever changed.
     * @default - the network stack makes one
     */
    network: existingNetwork.optional(),
    /**
     * Addresses for pods alone, /16 to /20, which the VPC gets besides: nodes keep those of `cidrBlock`. Once set, it is for the
     * cluster's life.
     * @default - pods have addresses of `cidrBlock`
     */
    podCidr: podBlock.optional(),
    /**
     * One NAT gateway for each zone, or one for all, which is cheaper and ends all zones' way out when its zone fails.
     * @default "per-zone"
     */
    natGateways: oneOf(["per-zone", "single"]).default("per-zone"),
    /**
     * AWS services that get an interface endpoint in the VPC. Each is billed by the hour and zone; an empty list sends it all
     * through NAT, which is cheaper for a small cluster. In a VPC that is there, they are its owner's.
     * @default ["ecr.api", "ecr.dkr", "ec2", "sts", "logs", "eks", "sqs", "ssm"]
     */
    endpoints: endpointServices.default(defaultEndpoints),
    /**
     * Public networks that may reach the API endpoint; an empty list makes it private, reached from inside the VPC
     * alone.
     */
    apiAccess: clientNetworks,
    /** ARNs of the IAM users and roles that administer the cluster. Whoever applies must be among them, or be `deployRole`. */
    admins: adminPrincipals,
    /**
     * IAM users and roles that may use the cluster, and are no administrators.
     * @default []
     */
    access: access.default([]),
    /**
     * What an organization asks of all that is made in IAM: a permissions boundary of roles; a path and the beginning of names.
     * @default - no boundary, the path "/", no prefix
     */
    iam: iam.prefault({}),
    /**
     * ARN of an IAM role of the account, as which all is done: Terraform's AWS provider assumes it, and so do the S3 backend, the
     * log-in to the cluster and the commands. It administers the cluster, and whoever applies needs no right but to assume it.
     * @default - all is done as whoever is logged in
     */
    deployRole: deployRole.optional(),
    /**
     * The managed node group, which carries Cilium's operator, CoreDNS, Flux and Karpenter.
     * @default - two t4g.medium
     */
    nodes: nodes.prefault({}),
    /**
     * What stands before Cilium's ingress controller: a Service of type ClusterIP, which makes nothing in AWS, or a network
     * load balancer, which faces the internet from the start.
     * @default "cluster-ip"
     */
    ingress: oneOf(["cluster-ip", "nlb"]).default("cluster-ip"),
    /**
     * GitHub repository that Flux follows, for the cluster's life. To move to another, or another branch: suspend Flux's
     * Kustomizations, apply, point the GitRepository `flux-system` there, resume. Otherwise Flux prunes what leaves the old one.
     */
    repository,
    /**
     * Where Terraform's state is kept.
     * @default { type: "local" }
     */
    backend: backend.default({ type: "local" }),
    /**
     * How Helm and Kubernetes providers log in: an ephemeral `token` of 15 minutes, which needs nothing on the machine, or
     * `exec`, which runs the AWS CLI and has no such limit.
     * @default "token"
     */
    clusterAuth: oneOf(["token", "exec"]).default("token"),
    /**
     * Whether EKS refuses to delete the cluster.
     * @default true
     */
    deletionProtection: z.boolean("must be true or false").default(true),
    /**
     * The control plane's own switches.
     * @default - addresses of EKS' choice for Services, all logs, and a key of the stack's
     */
    controlPlane: controlPlane.prefault({}),
    /**
     * Days that CloudWatch keeps the logs of the control plane, and flow logs; or "never", and they are kept until somebody deletes
     * the log group, as teardown does.
     * @default 30
     */
    logRetentionDays: logRetention.default(30),
    /**
     * Whether the VPC's traffic is logged to CloudWatch, which bills by volume.
     * @default false
     */
    flowLogs: z.boolean("must be true or false").default(false),
    /**
     * Tags for everything that the stacks make in AWS.
     * @default {}
     */
    tags: tags.default({}),
  },
  "must be a cluster: an object with name, release, account, region, zones, cidrBlock, apiAccess, admins and repository",
);

/** A cluster as people write it. */
export type ClusterSettings = z.input<typeof cluster>;

type ParsedCluster = z.output<typeof cluster>;

/** A cluster that was checked, with every default filled in. */
export type Cluster = Omit<ParsedCluster, keyof NetworkSettings> & NetworkSettings;

/** Returns the cluster with one of the two kinds of network; nothing where neither is whole. */
export function withNetwork({ zones, cidrBlock, network, ...cluster }: ParsedCluster): Cluster[] {
  if (network !== undefined) {
    return [{ ...cluster, network, endpoints: [] }];
  }
  return zones === undefined || cidrBlock === undefined ? [] : [{ ...cluster, zones, cidrBlock }];
}
