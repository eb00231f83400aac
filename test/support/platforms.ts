import { demoWith } from "../../rehearsal/life/demo-settings";
import type { ClusterSettings } from "../../schema/settings";
import { inSharedNetwork, podSubnets, sharedNetwork } from "./settings";

const longest = "a-name-of-32-characters-it-is-so";
const repository = { owner: "acme", name: "clusters" };
const { vpcId, privateSubnets, controlPlaneSubnets } = sharedNetwork;

/** Platforms that together turn every switch of the settings. */
export const platforms: Record<string, ClusterSettings> = {
  demo: demoWith(),
  "S3, three zones, one NAT gateway, all defaults of endpoints": demoWith({
    name: "staging",
    zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    natGateways: "single",
    endpoints: ["ecr.api", "ecr.dkr", "ec2", "sts", "logs", "eks", "sqs", "ssm"],
    deployRole: "arn:aws:iam::111122223333:role/deployers/platform",
    backend: {
      type: "s3",
      bucket: "acme-terraform-state",
      prefix: "platform/eu",
      kmsKeyId: "alias/terraform-state",
      roleArn: "arn:aws:iam::444455556666:role/terraform-state",
    },
    clusterAuth: "exec",
    controlPlane: {
      serviceCidr: "10.96.0.0/16",
      logTypes: ["api", "audit"],
      secretsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80",
    },
    logRetentionDays: "never",
    flowLogs: true,
    repository: { ...repository, mode: "create", access: "public" },
  }),
  "HCP Terraform, four zones, a private API, the longest name": demoWith({
    name: longest,
    region: "us-east-1",
    zones: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"],
    cidrBlock: "100.64.0.0/18",
    apiAccess: [],
    ingress: "nlb",
    endpoints: ["kms"],
    backend: {
      type: "cloud",
      organization: "acme",
      project: "platform",
      agentPool: "in-vpc",
      vcs: { repository: "acme/platform", branch: "main" },
      notificationUrl: "https://hooks.slack.com/services/T0/B0/x",
      runTask: { url: "https://review.acme.example", enforcement: "mandatory" },
    },
    repository: { ...repository, mode: "create", branch: "clusters/main" },
    deletionProtection: true,
    flowLogs: true,
    tags: { Team: "platform", "cost-center": "4711" },
    iam: { namePrefix: "sixteen-letters-" },
  }),
  "a public repository that is there, a name that begins with a digit": demoWith({
    name: "2nd",
    repository: { ...repository, access: "public" },
  }),
  "a region, zones and an instance type that are newer than Terraform": demoWith({
    newInAws: ["eu-central-9", "m99g.large"],
    region: "eu-central-9",
    zones: ["eu-central-9a", "eu-central-9e"],
    nodes: { instanceTypes: ["m99g.large", "m8g.large"] },
    backend: { type: "s3", bucket: "acme-terraform-state", region: "sa-west-1" },
  }),
  "a small VPC, and addresses of their own for pods in three zones": demoWith({
    cidrBlock: "10.0.4.0/22",
    podCidr: "100.64.0.0/16",
    zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    endpoints: ["sts"],
  }),
  "Terraform Enterprise at a port, without a project, the whole internet": demoWith({
    apiAccess: ["0.0.0.0/0"],
    backend: { type: "cloud", organization: "acme", hostname: "terraform.example.com:8443" },
    clusterAuth: "exec",
    controlPlane: { logTypes: [] },
  }),
  "HCP Terraform Europe beside something else that runs from there": demoWith({
    apiAccess: ["0.0.0.0/0"],
    backend: { type: "cloud", organization: "acme", hostname: "app.eu.terraform.io", identityProvider: "existing" },
    clusterAuth: "exec",
  }),
  "a VPC that is there, with a load balancer": inSharedNetwork({ ingress: "nlb" }),
  "a VPC that is there, without public subnets": demoWith({
    name: "inside",
    network: { vpcId, privateSubnets, controlPlaneSubnets },
  }),
  "a VPC that is there, with subnets for pods alone": demoWith({
    name: "apart",
    network: { vpcId, privateSubnets, podSubnets, controlPlaneSubnets },
    controlPlane: { serviceCidr: "192.168.64.0/20" },
  }),
  GovCloud: demoWith({
    region: "us-gov-west-1",
    zones: ["us-gov-west-1a", "us-gov-west-1b"],
    admins: ["arn:aws-us-gov:iam::111122223333:role/teams/platform-admin", "arn:aws-us-gov:iam::111122223333:user/ops"],
    access: [
      {
        principal: "arn:aws-us-gov:iam::111122223333:role/teams/developers",
        policy: "edit",
        namespaces: ["shop", "shop-*"],
      },
      { principal: "arn:aws-us-gov:iam::111122223333:role/teams/support", policy: "view", groups: ["support"] },
      { principal: "arn:aws-us-gov:iam::111122223333:role/platform-verify", policy: "verify" },
    ],
    iam: {
      permissionsBoundary: "arn:aws-us-gov:iam::111122223333:policy/boundaries/platform",
      path: "/platform/clusters/",
      namePrefix: "acme-",
    },
    flowLogs: true,
    nodes: { instanceTypes: ["m7g.large", "m6g.large"], minSize: 3, maxSize: 6 },
    backend: { type: "s3", bucket: "acme-terraform-state", region: "us-gov-east-1" },
  }),
  China: demoWith({
    region: "cn-north-1",
    zones: ["cn-north-1a", "cn-north-1b"],
    admins: ["arn:aws-cn:iam::111122223333:role/platform-admin"],
    access: [
      { principal: "arn:aws-cn:iam::111122223333:role/operators", policy: "admin", namespaces: ["shop"] },
      { principal: "arn:aws-cn:iam::111122223333:user/someone", groups: ["auditors"] },
    ],
    iam: { permissionsBoundary: "arn:aws-cn:iam::aws:policy/PowerUserAccess", path: "/platform/" },
    deployRole: "arn:aws-cn:iam::111122223333:role/platform-admin",
  }),
};
