import { Cilium, type CiliumProps } from "../../constructs/cilium";
import { define } from "../support/define";

function release(props: Partial<CiliumProps> = {}) {
  return define((stack) => {
    new Cilium(stack, "cilium", {
      version: "1.20.2",
      clusterName: "demo",
      clusterHost: "ABC.gr7.eu-central-1.eks.amazonaws.com",
      region: "eu-central-1",
      operatorRoleArn: "arn:aws:iam::111122223333:role/demo-cilium-operator",
      hasPodSubnets: false,
      ingress: "cluster-ip",
      tags: { Cluster: "demo", Team: "platform" },
      ...props,
    });
  }).resource.helm_release?.cilium;
}

function values(props: Partial<CiliumProps> = {}) {
  return JSON.parse(release(props).values[0]);
}

test("it is installed while there are no nodes: Helm waits for nothing, and takes nothing back", () => {
  expect(release()).toMatchObject({ wait: false });
  expect(release()).not.toHaveProperty("atomic");
});

test("when a subnet is full no public one is taken, in which pods would have no way out", () => {
  expect(values().eni.nodeSpec.subnetTags).toEqual(["karpenter.sh/discovery=demo"]);
});

test("with subnets for pods alone, a node's first interface is left to the node, and the others lie in those", () => {
  expect(values({ hasPodSubnets: true }).eni.nodeSpec).toEqual({
    subnetTags: ["PodSubnetOf=demo"],
    firstInterfaceIndex: 1,
  });
});

test.each([true, false])(
  "the range of native routing is left to Cilium, which ends where it is of a second block: pods apart %s",
  (hasPodSubnets) => {
    expect(values({ hasPodSubnets })).not.toHaveProperty("ipv4NativeRoutingCIDR");
  },
);

const network = { privateSubnets: ["subnet-1", "subnet-2"], publicSubnets: ["subnet-8", "subnet-9"] };

test("subnets of another account, whose tags nobody here sees, are found by their ids: those of pods, and those of the load balancer", () => {
  const { eni, ingressController } = values({ network, ingress: "nlb" });

  expect(eni.nodeSpec).toEqual({ subnetIDs: network.privateSubnets });
  expect(Object.values(ingressController.service.annotations)).toContain("subnet-8,subnet-9");
  expect(values({ ingress: "nlb" }).ingressController.service.annotations).not.toHaveProperty([
    "service.beta.kubernetes.io/aws-load-balancer-subnets",
  ]);
});

test("there, too, a node's first interface is left to the node where pods have subnets of their own", () => {
  const { eni } = values({ network: { ...network, podSubnets: ["subnet-4", "subnet-5"] }, hasPodSubnets: true });

  expect(eni.nodeSpec).toEqual({ subnetIDs: ["subnet-4", "subnet-5"], firstInterfaceIndex: 1 });
});

test("its network interfaces carry the cluster's tags, and the one that its role deletes by", () => {
  expect(values().eni.eniTags).toEqual({ Cluster: "demo", Team: "platform" });
  expect(values().eni.gcTags["io.cilium/cluster-name"]).toBe("demo");
});

test("an apply that was cut off can be repeated", () => {
  expect(release().upgrade_install).toBe(true);
});

test("its revisions, of 672 KB each, do not fill the cluster's etcd, and one can be rolled back", () => {
  expect(release().max_history).toBe(3);
});

test("the operator has a token whatever EKS's webhook does, and the annotation by which people look for its role", () => {
  const role = "arn:aws:iam::111122223333:role/demo-cilium-operator";
  const { operator, eni } = values({ region: "us-gov-west-1" });

  expect(operator.extraEnv).toContainEqual({ name: "AWS_ROLE_ARN", value: role });
  expect(operator.extraEnv).toContainEqual({ name: "AWS_REGION", value: "us-gov-west-1" });
  expect(eni.iamRole).toBe(role);
});

test.each([
  ["tolerations", "they would replace the chart's, and nothing would start on a node whose taint Cilium must take off"],
  ["masquerade", "pod addresses are the VPC's"],
  ["devices", "those of further interfaces are found by Cilium"],
  ["tunnel", "the chart refuses to be rendered with it"],
  ["upgradeCompatibility", "it brings back the defaults of an older version"],
])("no value is named %s: %s", (name) => {
  expect(release().values[0]).not.toMatch(new RegExp(`"\\w*${name}\\w*":`, "i"));
});

test("without kube-proxy Cilium finds the API by the endpoint's host and port", () => {
  expect(values()).toMatchObject({
    kubeProxyReplacement: true,
    k8sServiceHost: expect.stringMatching(/^[\w.-]+$/),
    k8sServicePort: 443,
  });
});

test("Maglev's seed is twelve bytes, the same at every synth and another in every cluster", () => {
  const seed = (clusterName: string) => values({ clusterName }).maglev.hashSeed;

  expect(Buffer.from(seed("one"), "base64")).toHaveLength(12);
  expect(seed("one")).toBe(seed("one"));
  expect(seed("one")).not.toBe(seed("two"));
});

test("the ingress Service makes nothing in AWS, and carries no traffic policy that its type forbids", () => {
  const { service } = values({ ingress: "cluster-ip" }).ingressController;

  expect(service).toMatchObject({ type: "ClusterIP", externalTrafficPolicy: null });
});

test("one network load balancer stands before all Ingresses, if asked for", () => {
  const { service, loadbalancerMode } = values({ ingress: "nlb" }).ingressController;

  expect(service.annotations["service.beta.kubernetes.io/aws-load-balancer-type"]).toBe("nlb");
  expect(loadbalancerMode).toBe("shared");
});

test("a second plan has no new Hubble certificates: the cluster signs them", () => {
  expect(values().hubble.tls.auto.method).toBe("cronJob");
});

test("only interfaces of this cluster are collected", () => {
  expect(values({ clusterName: "one" }).eni.gcTags).toHaveProperty(["io.cilium/cluster-name"], "one");
});

test("Envoy, which reads what strangers send, has no token of the cluster", () => {
  expect(values().serviceAccounts).toEqual({ envoy: { automount: false } });
});

test("whoever reviews a plan reads the values line by line", () => {
  const lines: string[] = release().values[0].split("\n");

  expect(lines.filter((line) => line.split('":').length > 2)).toEqual([]);
});
