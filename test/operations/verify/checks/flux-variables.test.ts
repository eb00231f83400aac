import { runChecks } from "../../../../operations/verify/check";
import { clusterVariablesSet } from "../../../../operations/verify/checks/flux-variables";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const settings = cluster();
const right = {
  cluster_endpoint: "https://api.example",
  cluster_name: settings.name,
  cluster_region: settings.region,
  karpenter_instance_profile: `${settings.name}-karpenter-nodes`,
  karpenter_node_tags: "{}",
  karpenter_queue_name: `${settings.name}-karpenter`,
  karpenter_role_arn: `arn:aws:iam::111122223333:role/${settings.name}-karpenter`,
};

async function looked(data: Record<string, string>, changed = settings) {
  const snapshot: Partial<Snapshot> = {
    settings: changed,
    configMap: async () => ({ data }),
    cluster: async () => ({
      endpoint: "https://api.example",
      arn: `arn:aws:eks:eu-central-1:111122223333:cluster/${settings.name}`,
    }),
  };
  return (await runChecks([clusterVariablesSet], snapshot as Snapshot))[0];
}

test("the variables that the platform makes hold", async () => {
  expect(await looked(right)).toMatchObject({ state: "holds" });
});

test.each(Object.keys(right).filter((name) => name !== "karpenter_node_tags"))(
  "%s of another cluster is broken",
  async (name) => {
    expect(await looked({ ...right, [name]: "other" })).toMatchObject({
      state: "broken",
      found: expect.stringContaining(`${name} is other, and the cluster's is `),
    });
  },
);

test("a variable without a value is not set", async () => {
  expect(await looked({ ...right, karpenter_node_tags: "" })).toMatchObject({
    state: "broken",
    found: "karpenter_node_tags is not set",
  });
});

test("path and prefix of roles are in the variables", async () => {
  const iam = { path: "/platform/", namePrefix: "acme-" };
  const named = {
    ...right,
    karpenter_instance_profile: `acme-${settings.name}-karpenter-nodes`,
    karpenter_role_arn: `arn:aws:iam::111122223333:role/platform/acme-${settings.name}-karpenter`,
  };

  expect(await looked(named, { ...settings, iam })).toMatchObject({ state: "holds" });
  expect(await looked(right, { ...settings, iam })).toMatchObject({ state: "broken" });
});
