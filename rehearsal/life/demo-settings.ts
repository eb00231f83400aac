import { releaseNamed } from "../../releases/all";
import type { ClusterSettings } from "../../schema/settings";

/** The demo's settings, which rehearsals and tests are about whatever `settings.ts` says by now. */
export const demo: ClusterSettings = {
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
};

/** The versions that the demo has: the newest, until a release is made that its settings do not name yet. */
export const demoRelease = releaseNamed(demo.release);

/** Returns the demo's settings, changed. With a network that is there, it has none of its own. */
export function demoWith(changes: Partial<ClusterSettings> = {}): ClusterSettings {
  const { zones: _, cidrBlock: __, ...anywhere } = demo;
  return { ...(changes.network === undefined ? demo : anywhere), ...changes };
}
