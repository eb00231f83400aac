import type { ClusterSettings } from "./schema/settings";

/** The clusters of this repository: the one file to edit. docs/settings.md has every setting. */
export const clusters: ClusterSettings[] = [
  {
    name: "demo-k8s-cilium",
    release: "2026-11-25",
    account: "111122223333",
    region: "eu-central-1",
    zones: ["eu-central-1a", "eu-central-1b"],
    cidrBlock: "10.200.0.0/16",
    endpoints: [],
    apiAccess: ["203.0.113.0/24"],
    admins: ["arn:aws:iam::111122223333:role/platform-admin"],
    repository: { owner: "acme", name: "demo-k8s-cilium-flux" },
    deletionProtection: false,
  },
];
