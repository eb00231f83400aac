import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { runChecks } from "../../../../operations/verify/check";
import { webhooksAnswer } from "../../../../operations/verify/checks/webhooks";
import type { Snapshot } from "../../../../operations/verify/snapshot";

interface Given {
  readonly failurePolicy?: string;
  readonly resources?: readonly string[];
  readonly operations?: readonly string[];
  readonly groups?: readonly string[];
  readonly url?: string;
  readonly namespaces?: object;
}

function configuration(given: Given): ClusterObject {
  const {
    failurePolicy = "Fail",
    resources = ["pods"],
    operations = ["CREATE"],
    groups = [""],
    url,
    namespaces = {},
  } = given;
  const webhook = {
    name: "pods.gatekeeper.example",
    failurePolicy,
    clientConfig: url ? { url } : { service: { namespace: "gatekeeper", name: "webhook" } },
    rules: [{ apiGroups: groups, operations, resources }],
    namespaceSelector: namespaces,
    objectSelector: {},
  };
  return Object.assign({ metadata: { name: "gatekeeper" } }, { webhooks: [webhook] });
}

async function looked(given: Given, ready = 0, kind = "validating") {
  const asked: string[] = [];
  const snapshot: Partial<Snapshot> = {
    customObjects: async (resource) => (resource.startsWith(kind) ? [configuration(given)] : []),
    readyEndpoints: async (namespace, service) => {
      asked.push(`${namespace}/${service}`);
      return ready;
    },
  };
  return { asked, result: (await runChecks([webhooksAnswer], snapshot as Snapshot))[0] };
}

test.each(["validating", "mutating"])("a %s webhook that nobody answers refuses every pod", async (kind) => {
  expect(await looked({}, 0, kind)).toMatchObject({
    asked: ["gatekeeper/webhook"],
    result: {
      state: "broken",
      found: "pods.gatekeeper.example refuses new pods",
      cause: "nothing is behind its Service gatekeeper/webhook, and its failurePolicy is Fail",
      next: `kubectl get ${kind}webhookconfiguration gatekeeper --output yaml`,
    },
  });
});

test.each<[string, Given, number]>([
  ["that somebody answers", {}, 1],
  ["whose failure counts as yes", { failurePolicy: "Ignore" }, 0],
  ["at a URL, of which the cluster says nothing", { url: "https://127.0.0.1:9443/validate" }, 0],
])("a webhook %s holds", async (_, given, ready) => {
  expect((await looked(given, ready)).result).toMatchObject({ state: "holds" });
});

test.each<[Given, string]>([
  [{ resources: ["*"], groups: ["*"], operations: ["*"] }, "broken"],
  [{ resources: ["deployments"], groups: ["apps"] }, "warning"],
  [{ operations: ["DELETE"] }, "warning"],
  [{ namespaces: { matchLabels: { inject: "yes" } } }, "warning"],
  [{ namespaces: { matchExpressions: [{ key: "inject", operator: "Exists" }] } }, "warning"],
  [{ namespaces: { matchExpressions: [{ key: "name", operator: "NotIn", values: ["kube-system"] }] } }, "broken"],
])("one about %j is %s", async (given, state) => {
  expect((await looked(given)).result).toMatchObject({ state });
});
