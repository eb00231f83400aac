import type { V1LabelSelector } from "@kubernetes/client-node";

import type { ClusterObject, CustomResource } from "../../kubernetes/objects";
import { broken, type Check, holds, warning } from "../check";
import type { Snapshot } from "../snapshot";

const resources = {
  ValidatingWebhookConfiguration: "validatingwebhookconfigurations.v1.admissionregistration.k8s.io",
  MutatingWebhookConfiguration: "mutatingwebhookconfigurations.v1.admissionregistration.k8s.io",
} as const satisfies Record<string, CustomResource>;

interface WebhookConfiguration extends ClusterObject {
  readonly webhooks: readonly Webhook[] | undefined;
}

/** A webhook of either kind. The API server fills in what a manifest leaves out. */
interface Webhook {
  readonly name: string;
  readonly failurePolicy: "Fail" | "Ignore" | undefined;
  readonly clientConfig: {
    /** Undefined for one that has a URL. */
    readonly service: { readonly namespace: string; readonly name: string } | undefined;
  };
  readonly rules: readonly WebhookRule[] | undefined;
  readonly namespaceSelector: V1LabelSelector | undefined;
  readonly objectSelector: V1LabelSelector | undefined;
}

interface WebhookRule {
  readonly apiGroups: readonly string[] | undefined;
  readonly operations: readonly string[] | undefined;
  readonly resources: readonly string[] | undefined;
}

/** A webhook that nobody answers, and whose failure counts as no, refuses what it is asked about. */
export const webhooksAnswer: Check = {
  id: "webhooks",
  title: "webhooks",
  async run(snapshot) {
    const all = [
      ...(await webhooksOf(snapshot, "ValidatingWebhookConfiguration")),
      ...(await webhooksOf(snapshot, "MutatingWebhookConfiguration")),
    ];
    const strict = all.filter(({ webhook }) => webhook.failurePolicy !== "Ignore" && webhook.clientConfig.service);
    const looked = await Promise.all(
      strict.map(async (one) => {
        const { namespace = "", name = "" } = one.webhook.clientConfig.service ?? {};
        return { ...one, service: `${namespace}/${name}`, ready: await snapshot.readyEndpoints(namespace, name) };
      }),
    );
    const dead = looked.filter(({ ready }) => ready === 0);
    const worst = dead.find(({ webhook }) => asksAboutPods(webhook)) ?? dead[0];
    if (!worst) {
      return holds(strict.length === 0 ? "none must be answered" : `${strict.length} that must be answered are`);
    }
    const { kind, configuration, webhook, service } = worst;
    const cause = `nothing is behind its Service ${service}, and its failurePolicy is Fail`;
    const next = `kubectl get ${kind.toLowerCase()} ${configuration} --output yaml`;
    return asksAboutPods(webhook)
      ? broken(`${webhook.name} refuses new pods`, cause, next)
      : warning(`${webhook.name} refuses what it is asked about`, cause, next);
  },
};

function isAboutSome({ matchLabels = {}, matchExpressions = [] }: V1LabelSelector = {}): boolean {
  return (
    Object.keys(matchLabels).length > 0 || matchExpressions.some(({ operator }) => /^(?:In|Exists)$/.test(operator))
  );
}

async function webhooksOf(snapshot: Snapshot, kind: keyof typeof resources) {
  const configurations = await snapshot.customObjects(resources[kind]);
  return configurations.flatMap((object) => {
    const { webhooks } = object as WebhookConfiguration;
    return (webhooks ?? []).map((webhook) => ({ kind, configuration: object.metadata.name, webhook }));
  });
}

/** Returns whether a webhook is asked about every new pod but those that it exempts; many are about some namespaces, or pods, alone. */
function asksAboutPods({ rules = [], namespaceSelector, objectSelector }: Webhook): boolean {
  if ([namespaceSelector, objectSelector].some(isAboutSome)) {
    return false;
  }
  const has = (values: readonly string[] = [], ...wanted: string[]) => values.some((value) => wanted.includes(value));
  return rules.some(
    ({ apiGroups, operations, resources }) =>
      has(apiGroups, "", "*") && has(operations, "CREATE", "*") && has(resources, "pods", "pods/*", "*", "*/*"),
  );
}
