import { isList, isObject, type Value, type ValueObject } from "../../../terraform/plan/value";
import { attributeText, attributeTexts, nestedBlock, nestedBlocks } from "./attributes";
import { policyJson } from "./policy-document";

// What pods may do, and what reaches them, is written as policies here, to be compared as those are.

/** Allows what pods have of the node that they are on. */
export function podPrivileges(object: ValueObject): string {
  const spec = podSpec(object);
  const containers = ["container", "containers", "initContainer", "initContainers"].flatMap((name) =>
    nestedBlocks(spec[name]),
  );
  const contexts = [spec, ...containers].map(({ securityContext }) => nestedBlock(securityContext));
  const capabilities = contexts.flatMap((context) => attributeTexts(nestedBlock(context["capabilities"])["add"]));
  const volumes = [...nestedBlocks(spec["volume"]), ...nestedBlocks(spec["volumes"])];
  return policyJson({
    Effect: "Allow",
    Action: [
      ...contexts.flatMap(({ privileged }) => (privileged === true ? ["everything on the node"] : [])),
      ...capabilities.map((name) =>
        /^(ALL|SYS_ADMIN)$/.test(name) ? `everything that ${name} lets` : `what ${name} lets`,
      ),
      ...volumes.flatMap(({ hostPath }) =>
        nestedBlocks(hostPath).map(({ path }) => `the folder ${attributeText(path)} of the node`),
      ),
      ...((spec["hostPID"] ?? spec["hostPid"]) === true ? ["the processes of the node"] : []),
      ...((spec["hostIPC"] ?? spec["hostIpc"]) === true ? ["the processes' memory of the node"] : []),
      ...(spec["hostNetwork"] === true ? ["network of the node"] : []),
    ],
    Principal: { pods: nameOf(object) },
  });
}

/** Returns what an object says of its pods, or the pod of itself. */
function podSpec(object: ValueObject): ValueObject {
  const spec = nestedBlock(object["spec"]);
  const template = nestedBlock(nestedBlock(nestedBlock(spec["jobTemplate"])["spec"] ?? object["spec"])["template"]);
  return template["spec"] === undefined ? spec : nestedBlock(template["spec"]);
}

/** Allows the traffic that a policy lets through, and all of it in a direction that the policy does not speak of. */
export function networkPolicy({ spec }: ValueObject): string {
  const { policyTypes, ...rest } = nestedBlock(spec);
  return policyJson(
    ...["ingress", "egress"].flatMap((direction) => {
      const given = rest[direction] ?? null;
      const named = attributeTexts(policyTypes).map((type) => type.toLowerCase());
      const isJudged =
        named.length > 0 ? named.includes(direction) : given !== null || (direction === "ingress" && isPlain(rest));
      const entries = isJudged ? entriesOf(given) : [{ peers: ["*"], ports: ["*"] }];
      return entries.map(({ peers, ports }) => ({
        Effect: "Allow",
        Action: direction,
        Resource: ports,
        Principal: { peer: peers },
      }));
    }),
  );
}

/** A policy of Kubernetes' own, which is about what enters even where it does not say so. */
function isPlain(spec: ValueObject): boolean {
  return spec["podSelector"] !== undefined;
}

function entriesOf(given: Value) {
  return nestedBlocks(given).map((entry) => {
    const { ports, toPorts, ...ends } = entry;
    const peers = Object.values(ends)
      .flatMap((end) => (isList(end) ? end : []))
      .map(peerText);
    const [text] = [ports ?? toPorts ?? null].map((some) =>
      isList(some) && some.length > 0 ? some.map((port) => JSON.stringify(port)) : ["*"],
    );
    return { peers: peers.length > 0 ? peers : ["*"], ports: text ?? ["*"] };
  });
}

function peerText(peer: Value): string {
  const text = isObject(peer)
    ? JSON.stringify(peer, (_, inner) => (inner === null || (isList(inner) && inner.length === 0) ? undefined : inner))
    : String(peer);
  return /^(all|world)$|(^|")(0\.0\.0\.0|::)\/0"?/.test(text) && !text.includes('"except"') ? "*" : text;
}

/** Allows what reaches Services through a load balancer or a port of every node: a Service, or those in the values of a chart. */
export function loadBalancers(resource: ValueObject): string {
  const { spec, values } = resource;
  const services =
    values === undefined
      ? [{ path: nameOf(resource), service: { ...resource, ...nestedBlock(spec) } }]
      : servicesIn(values, "");
  return policyJson(
    ...services.flatMap(({ path, service }) => {
      const way = exposures.get(attributeText(service["type"]));
      const from = JSON.stringify(service).includes("internet-facing") ? " from the internet" : "";
      return way === undefined ? [] : [{ Effect: "Allow", Action: way + from, Resource: path }];
    }),
  );
}

const exposures = new Map([
  ["LoadBalancer", "connections through a load balancer"],
  ["NodePort", "connections through a port of every node"],
]);

function servicesIn(values: Value, path: string): readonly { readonly path: string; readonly service: ValueObject }[] {
  if (!isObject(values)) {
    return [];
  }
  return Object.entries(values).flatMap(([key, value]) => {
    const inner = path === "" ? key : `${path}.${key}`;
    return [
      ...(/service$/i.test(key) && isObject(value) ? [{ path: inner, service: value }] : []),
      ...servicesIn(value, inner),
    ];
  });
}

function nameOf({ metadata }: ValueObject): string {
  const { namespace, name } = nestedBlock(metadata);
  return [...attributeTexts(namespace), attributeText(name)].join("/");
}
