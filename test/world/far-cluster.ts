import type { ClusterSettings } from "../../schema/settings";

/** As far from the demo as a cluster's settings can be: every switch stands the other way. */
export const farCluster: ClusterSettings = {
  release: "2026-11-25",
  name: "as-far-from-the-demo-as-can-be",
  account: "222233334444",
  deployRole: "arn:aws-us-gov:iam::222233334444:role/pipelines/deployer",
  region: "us-gov-west-1",
  zones: ["us-gov-west-1a", "us-gov-west-1b", "us-gov-west-1c"],
  cidrBlock: "100.64.4.0/22",
  podCidr: "100.65.0.0/20",
  natGateways: "single",
  endpoints: ["ecr.api", "ecr.dkr", "ec2", "sts", "logs", "eks", "sqs", "ssm"],
  apiAccess: [],
  admins: [
    "arn:aws-us-gov:iam::222233334444:user/people/deployer",
    "arn:aws-us-gov:iam::222233334444:role/teams/platform",
    "arn:aws-us-gov:iam::555566667777:role/auditor",
  ],
  access: [
    { principal: "arn:aws-us-gov:iam::222233334444:role/platform-verify", policy: "verify" },
    { principal: "arn:aws-us-gov:iam::222233334444:role/teams/shop", policy: "edit", namespaces: ["shop", "shop-*"] },
    { principal: "arn:aws-us-gov:iam::222233334444:user/people/support", policy: "view", groups: ["support"] },
  ],
  iam: {
    permissionsBoundary: "arn:aws-us-gov:iam::222233334444:policy/boundaries/clusters",
    path: "/platform/clusters/",
    namePrefix: "globex-",
  },
  nodes: { instanceTypes: ["m7g.large", "m6g.large"], minSize: 3, maxSize: 6 },
  ingress: "nlb",
  repository: {
    owner: "globex",
    name: "made-by-terraform",
    branch: "clusters/main",
    mode: "create",
    access: "public",
  },
  backend: {
    type: "s3",
    bucket: "globex-terraform-state",
    region: "us-gov-east-1",
    prefix: "platform/gov",
    kmsKeyId: "alias/terraform-state",
  },
  clusterAuth: "exec",
  deletionProtection: true,
  controlPlane: {
    serviceCidr: "192.168.64.0/20",
    logTypes: ["audit", "authenticator"],
    secretsKeyArn: "arn:aws-us-gov:kms:us-gov-west-1:555566667777:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80",
  },
  logRetentionDays: "never",
  flowLogs: true,
  tags: { Team: "platform", "cost-center": "4711" },
};
