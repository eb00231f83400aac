import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { systemNamespace } from "../../platform/names";
import { writeCertificates } from "../../rehearsal/kubernetes/certificates";
import { demoRelease } from "../../rehearsal/life/demo-settings";
import { versionsOf } from "../../releases/release";

const versions = versionsOf(demoRelease);

// Answers as a large cluster's API and as EKS, and prints the variables by which commands find both: `large-cluster.ts FOLDER`.
// Lists are as long as the arguments say, each object as large as those of clusters are: with who set which member, and nodes' images.
const [folder = "", nodeCount = "500", podCount = "5000", claimCount = "300"] = process.argv.slice(2);

const many = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index));
const node = (index: number) => `ip-10-200-${index >> 8}-${index & 255}.eu-central-1.compute.internal`;
const condition = (type: string, status = "True") => ({
  ...{ type, status, reason: `${type}Reason`, message: `the message of ${type}, as controllers write it` },
  ...{ lastTransitionTime: "2026-11-27T12:00:00Z", lastHeartbeatTime: "2026-11-27T20:00:00Z" },
});

function metadata(name: string, more: object = {}): object {
  const fields = Object.fromEntries(many(60, (index) => [`f:member-${index}`, { "f:name": {}, "f:value": {} }]));
  return {
    ...{ name, uid: `${name}-uid`, resourceVersion: "1", generation: 1, creationTimestamp: "2026-11-01T12:00:00Z" },
    managedFields: [
      { manager: "kubelet", operation: "Update", fieldsType: "FieldsV1", fieldsV1: { "f:spec": fields } },
    ],
    ...more,
  };
}

const nodes = (index: number) => ({
  metadata: metadata(node(index), {
    labels: Object.fromEntries(many(25, (label) => [`example.com/label-${label}`, "value"])),
  }),
  spec: { providerID: `aws:///eu-central-1a/i-${index}` },
  status: {
    nodeInfo: {
      ...{ architecture: "arm64", kubeletVersion: `v${versions.kubernetes}.3-eks-1a2b3c4` },
      osImage: `Bottlerocket OS ${versions.bottlerocket} (aws-k8s-${versions.kubernetes})`,
    },
    conditions: [condition("Ready"), ...["MemoryPressure", "DiskPressure"].map((type) => condition(type, "False"))],
    images: many(50, (image) => ({
      names: [`registry.example/image-${image}@sha256:${"0".repeat(64)}`],
      sizeBytes: image,
    })),
  },
});

/** Two pods of each node are Cilium's; the others are somebody's. */
const pods = (index: number) => {
  const isSystem = index < 2 * Number(nodeCount);
  const app = index < Number(nodeCount) ? "cilium" : "cilium-envoy";
  const env = many(30, (variable) => ({ name: `VARIABLE_${variable}`, value: "a value of some length" }));
  return {
    metadata: metadata(`${app}-${index}`, {
      namespace: isSystem ? systemNamespace : "shop",
      labels: { "k8s-app": isSystem ? app : "web" },
    }),
    spec: { nodeName: node(index % Number(nodeCount)), containers: [{ name: "a", image: "a", env }] },
    status: {
      phase: "Running",
      startTime: "2026-11-27T12:00:00Z",
      conditions: ["Ready", "PodScheduled"].map((type) => condition(type)),
    },
  };
};

const ciliumNodes = (index: number) => ({
  metadata: metadata(node(index)),
  spec: { ipam: { pools: { requested: [{ pool: "default", needed: { "ipv4-addrs": 14 } }] } } },
  status: {
    eni: {
      enis: Object.fromEntries(
        many(3, (eni) => [
          `eni-${index}-${eni}`,
          { prefixes: [`10.201.${eni}.0/28`], addresses: many(16, (address) => `10.201.${eni}.${address}`) },
        ]),
      ),
    },
  },
});

const nodeClaims = (index: number) => ({
  metadata: metadata(`default-${index}`),
  spec: {
    requirements: many(10, (key) => ({ key: `example.com/key-${key}`, operator: "In", values: many(40, String) })),
  },
  status: {
    nodeName: node(index),
    conditions: ["Launched", "Registered", "Initialized", "Ready"].map((type) => condition(type)),
  },
});

const daemonSet = (name: string) => ({
  metadata: metadata(name),
  spec: {
    selector: { matchLabels: { "k8s-app": name } },
    template: { spec: { containers: [{ name, image: `${name}:v${versions.cilium}` }] } },
  },
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: Number(nodeCount),
    updatedNumberScheduled: Number(nodeCount),
  },
});

/** What a path lists; nothing is listed at others. */
const lists: Readonly<Record<string, readonly [count: number, item: (index: number) => object]>> = {
  "/api/v1/nodes": [Number(nodeCount), nodes],
  "/api/v1/pods": [Number(podCount), pods],
  "/apis/cilium.io/v2/ciliumnodes": [Number(nodeCount), ciliumNodes],
  "/apis/karpenter.sh/v1/nodeclaims": [Number(claimCount), nodeClaims],
  [`/apis/apps/v1/namespaces/${systemNamespace}/daemonsets`]: [
    2,
    (index) => daemonSet(["cilium", "cilium-envoy"][index] ?? ""),
  ],
};

function page(url: URL): object {
  const [count, item] = lists[url.pathname] ?? [0, () => ({})];
  const start = Number(url.searchParams.get("continue") ?? 0);
  const end = Math.min(start + Number(url.searchParams.get("limit") ?? count), count);
  return {
    metadata: { continue: end < count ? `${end}` : "" },
    items: many(end - start, (index) => item(start + index)),
  };
}

async function main(): Promise<void> {
  await writeCertificates(folder);
  const file = (name: string) => readFileSync(join(folder, name));
  const tls = { key: file("apiserver.key"), cert: file("apiserver.crt") };
  const api = createServer(tls, ({ url = "" }, answer) => {
    answer.setHeader("content-type", "application/json").end(JSON.stringify(page(new URL(url, "https://localhost"))));
  });
  const portOf = (server: typeof api | ReturnType<typeof createHttpServer>) =>
    new Promise<number>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
    );
  const cluster = {
    ...{ name: "demo-k8s-cilium", status: "ACTIVE", version: versions.kubernetes },
    arn: "arn:aws:eks:eu-central-1:111122223333:cluster/demo-k8s-cilium",
    endpoint: `https://127.0.0.1:${await portOf(api)}`,
    certificateAuthority: { data: file("ca.crt").toString("base64") },
  };
  // Of all of AWS, only the cluster is there; the rest is refused.
  const aws = createHttpServer(({ url }, answer) => {
    const isCluster = url === `/clusters/${cluster.name}`;
    answer.writeHead(isCluster ? 200 : 403, { "x-amzn-errortype": "AccessDeniedException" });
    answer.end(JSON.stringify(isCluster ? { cluster } : { message: "no" }));
  });
  const credentials = {
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const variables = { ...credentials, AWS_ENDPOINT_URL: `http://127.0.0.1:${await portOf(aws)}` };
  process.stdout.write(`${JSON.stringify(variables)}\n`);
}

void main();
