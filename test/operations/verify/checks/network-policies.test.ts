import { runChecks } from "../../../../operations/verify/check";
import { clusterwidePolicies } from "../../../../operations/verify/checks/network-policies";
import type { Snapshot } from "../../../../operations/verify/snapshot";

/** @param others - specs of further clusterwide policies, and of those of namespaces */
async function looked(spec: object, others: { clusterwide?: object; namespaces?: Record<string, object> } = {}) {
  const policy = (name: string, rules: object, namespace?: string) => ({
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: { ...rules },
  });
  const snapshot: Partial<Snapshot> = {
    customObjects: async (resource) =>
      resource.startsWith("ciliumclusterwide")
        ? [policy("one", spec), ...(others.clusterwide ? [policy("other", others.clusterwide)] : [])]
        : Object.entries(others.namespaces ?? {}).map(([namespace, rules]) => policy("allow", rules, namespace)),
  };
  return (await runChecks([clusterwidePolicies], snapshot as Snapshot))[0];
}

const all = { endpointSelector: {} };

test.each([
  [{ ...all, ingressDeny: [{ fromEntities: ["all"] }] }],
  [{ endpointSelector: { matchLabels: {} }, egressDeny: [{ toEntities: ["world", "all"] }] }],
])("%j denies all, whatever others allow", async (spec) => {
  expect(
    await looked(spec, { namespaces: { "kube-system": { ...all, egress: [{ toEntities: ["all"] }] } } }),
  ).toMatchObject({
    state: "broken",
    found: "one denies all traffic of all pods",
    next: "kubectl get ciliumclusterwidenetworkpolicy one --output yaml",
  });
});

test("one that allows nothing is broken, if no other policy allows what it takes", async () => {
  const closing = { ...all, ingress: [{}], egress: [{}] };

  expect(await looked(closing)).toMatchObject({
    state: "broken",
    found: "one denies all traffic that no other policy allows, and none does",
  });
  expect(await looked(closing, { namespaces: { shop: { ...all, egress: [{ toEntities: ["all"] }] } } })).toMatchObject({
    state: "broken",
  });
  for (const others of [
    { clusterwide: { ...all, egress: [{ toEntities: ["cluster"] }] } },
    { namespaces: { "kube-system": { ...all, egress: [{ toEntities: ["all"] }] } } },
  ]) {
    expect(await looked(closing, others)).toMatchObject({
      state: "warning",
      cause: expect.stringContaining("is not looked at"),
    });
  }
});

test("a policy that denies one address closes the direction for all others, too", async () => {
  expect(await looked({ ...all, egressDeny: [{ toCIDR: ["169.254.169.254/32"] }] })).toMatchObject({ state: "broken" });
});

test.each([
  ["of some pods", { endpointSelector: { matchLabels: { app: "a" } }, ingressDeny: [{ fromEntities: ["all"] }] }],
  [
    "of some ports that allows the others",
    {
      ...all,
      ingress: [{ fromEntities: ["all"] }],
      ingressDeny: [{ fromEntities: ["all"], toPorts: [{ ports: [{ port: "25" }] }] }],
    },
  ],
  [
    "that denies one address and closes nothing by it",
    { ...all, egressDeny: [{ toCIDR: ["169.254.169.254/32"] }], enableDefaultDeny: { egress: false } },
  ],
  ["that closes nothing", { ...all, ingress: [{}], enableDefaultDeny: { ingress: false } }],
  ["with an empty list of rules", { ...all, ingress: [] }],
  ["that allows something", { ...all, egress: [{ toEntities: ["cluster"] }] }],
  ["of nodes", { nodeSelector: {}, ingress: [{}] }],
])("a policy %s holds", async (_, spec) => {
  expect(await looked(spec)).toMatchObject({ state: "holds", found: "none of 1 denies all" });
});
