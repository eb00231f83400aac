import type { ClusterSettings } from "../schema/settings";

// Three environments in one file, each in an account of its own. To use it: sed 's#"../schema#"./schema#' examples/environments.ts > settings.ts

/** What the environments have in common. A value that is named again after the spread replaces the one from here. */
const shared = {
  region: "eu-central-1",
  zones: ["eu-central-1a", "eu-central-1b"],
  // The networks of the offices: `apiAccess` takes public addresses alone.
  apiAccess: ["203.0.113.0/24", "198.51.100.7/32"],
  // Flux reads clusters/<name> in one repository, so that a change is promoted by copying it from one folder to the next.
  repository: { owner: "acme", name: "clusters" },
  // Each stack has a key of its own in the bucket: platform/dev/network.tfstate. The prefix keeps clear of other projects' clusters.
  backend: { type: "s3", bucket: "acme-terraform-state", prefix: "platform" },
} satisfies Partial<ClusterSettings>;

/**
 * What differs with the account. People and the pipeline are logged in to one account, whichever it is, and become `deployRole` of the
 * cluster's: docs/deploying.md says what it needs. The policy of the bucket above lets each of these roles in.
 */
const inAccount = (account: string) =>
  ({
    account,
    admins: [`arn:aws:iam::${account}:role/platform-admin`],
    // Who looks, and the role by which `npm run verify` runs every hour.
    access: [
      { principal: `arn:aws:iam::${account}:role/support`, policy: "view" },
      { principal: `arn:aws:iam::${account}:role/platform-verify`, policy: "verify" },
    ],
    deployRole: `arn:aws:iam::${account}:role/platform-deployer`,
  }) satisfies Partial<ClusterSettings>;

const dev = inAccount("111122223333");

/** The clusters of this repository. Their networks do not overlap, so that they can be connected later. */
export const clusters: ClusterSettings[] = [
  {
    ...shared,
    ...dev,
    name: "dev",
    // The newest release is tried here first; the others follow when it has proved itself.
    release: "2026-11-25",
    cidrBlock: "10.200.0.0/18",
    // One gateway and no endpoints is the cheapest way out; it ends for all zones when the gateway's zone fails.
    natGateways: "single",
    endpoints: [],
    // Developers change what is in their own namespaces.
    access: [
      ...dev.access,
      { principal: "arn:aws:iam::111122223333:role/developers", policy: "edit", namespaces: ["shop", "shop-*"] },
    ],
    // So that `npm run teardown` needs no other option.
    deletionProtection: false,
    logRetentionDays: 7,
    tags: { Environment: "dev" },
  },
  {
    ...shared,
    ...inAccount("444455556666"),
    name: "staging",
    release: "2026-11-25",
    cidrBlock: "10.201.0.0/18",
    endpoints: [],
    tags: { Environment: "staging" },
  },
  {
    ...shared,
    ...inAccount("777788889999"),
    name: "production",
    release: "2026-10-05",
    // A third zone leaves two thirds of the nodes when one fails.
    zones: [...shared.zones, "eu-central-1c"],
    cidrBlock: "10.202.0.0/16",
    // Burstable instances would slow Cilium's operator, CoreDNS and Karpenter once their credits are spent.
    nodes: { instanceTypes: ["m7g.large", "m6g.large"], minSize: 3, maxSize: 6 },
    logRetentionDays: 365,
    flowLogs: true,
    tags: { Environment: "production" },
  },
];
