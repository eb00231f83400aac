import { podAddressCapacity, podsPerNode } from "../../schema/instance-types";
import { type Changes, check, expectMistake, mistakesAt } from "./mistakes";

/** The demo's VPC is 10.200.0.0/16. */
const pods = mistakesAt("podCidr", (podCidr) => ({ podCidr }));
const podsBeside = (cidrBlock: string, more: Changes = {}) =>
  mistakesAt("podCidr", (podCidr) => ({ cidrBlock, podCidr, ...more }));

test.each([
  pods("a block for pods larger than EC2 takes", "100.64.0.0/15", "must be a /16 to /20, and is a /15"),
  pods("a block for pods too small for their subnets", "100.64.0.0/21", "must be a /16 to /20, and is a /21"),
  pods("a block for pods with host bits set", "100.64.0.1/16", "write the network that it lies in, '100.64.0.0/16'"),
  pods("a block for pods of public addresses", "8.8.0.0/16", "is public address space; take a network inside"),
  pods("a block for pods of benchmarks", "198.19.0.0/16", "is address space of benchmarks"),
  pods("a block for pods that is null", null, "must be an IPv4 network from /16 to /20"),
  pods("a block for pods inside the VPC's", "10.200.64.0/18", "shares addresses with cidrBlock, 10.200.0.0/16"),

  pods("beside 10.x, a block of 172.16.x", "172.16.0.0/16", "take a network of 10.0.0.0/8 or 100.64.0.0/10"),
  pods("beside 10.x, a block of 192.168.x", "192.168.0.0/16", "is refused by AWS beside a cidrBlock of 10.0.0.0/8"),
  podsBeside("10.1.0.0/16")("beside 10.1.x, a block of 10.0.x", "10.0.0.0/16", "is of 10.0.0.0/16, which AWS refuses"),
  podsBeside("172.16.0.0/16")("beside 172.16.x, a block of 10.x", "10.0.0.0/16", "take a network of 172.16.0.0/12 or"),
  podsBeside("172.16.0.0/16")("beside 172.16.x, 172.31.x", "172.31.0.0/16", "is of 172.31.0.0/16, which AWS refuses"),
  podsBeside("192.168.0.0/20")(
    "beside 192.168.x, a block of 10.x",
    "10.0.0.0/16",
    "take a network of 192.168.0.0/16 or",
  ),
  podsBeside("100.64.0.0/16")("beside 100.64.x, a block of 10.x", "10.0.0.0/16", "take a network of 100.64.0.0/10"),

  podsBeside("172.16.0.0/16")(
    "a block for pods that EKS chooses for Services",
    "172.20.0.0/18",
    "shares addresses with those of Services, 172.20.0.0/16, which EKS chooses; take another network, or name one",
  ),
  podsBeside("10.0.0.0/16", { controlPlane: { serviceCidr: "10.96.0.0/16" } })(
    "a block for pods that Services have",
    "10.96.0.0/16",
    "shares addresses with those of Services, 10.96.0.0/16 of controlPlane.serviceCidr",
  ),
])("%s is refused", expectMistake);

test.each<[string, Changes]>([
  ["100.64.x beside 10.x", { podCidr: "100.64.0.0/16" }],
  ["100.64.x beside 172.16.x", { cidrBlock: "172.16.0.0/16", podCidr: "100.127.240.0/20" }],
  ["100.64.x beside 192.168.x", { cidrBlock: "192.168.0.0/24", podCidr: "100.64.0.0/18" }],
  ["more of 100.64.x", { cidrBlock: "100.64.0.0/16", podCidr: "100.65.0.0/16" }],
  ["more of 10.x", { podCidr: "10.201.0.0/16" }],
  ["10.1.x beside 10.2.x", { cidrBlock: "10.2.0.0/16", podCidr: "10.1.0.0/16" }],
  ["more of 172.16.x", { cidrBlock: "172.16.0.0/16", podCidr: "172.17.0.0/16" }],
  [
    "what EKS would choose for Services, which the settings give another network",
    { cidrBlock: "172.16.0.0/16", podCidr: "172.20.0.0/16", controlPlane: { serviceCidr: "172.21.0.0/16" } },
  ],
])("a block for pods is accepted: %s; the one warning says what was seen to fail there", (_, changes) => {
  const { clusters, problems, warnings } = check(changes);

  expect(problems).toEqual([]);
  expect(clusters).toMatchObject([changes]);
  expect(warnings).toEqual([
    expect.stringMatching(/^demo-k8s-cilium: podCidr: .*\(cilium\/cilium#43493, open\); try L7 policies and Ingresses/),
  ]);
});

test("as many nodes as EKS takes are accepted, with a warning that they can't all have their pods", () => {
  const { problems, warnings } = check({ nodes: { minSize: 450, maxSize: 450 } });

  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    expect.stringContaining("nodes.maxSize is 450, and cidrBlock 10.200.0.0/16 has addresses"),
  ]);
});

test("a group that may grow beyond the addresses of a small block is accepted with figures", () => {
  const small = (maxSize: number, more: Changes = {}) =>
    check({ cidrBlock: "10.0.0.0/22", nodes: { maxSize }, ...more }).warnings;

  expect(small(2)).toEqual([]);
  expect(small(3)).toEqual([
    expect.stringContaining(
      "nodes.maxSize is 3, and cidrBlock 10.0.0.0/22 has addresses for 2 nodes with 30 pods each in 2",
    ),
  ]);
  expect(small(30, { podCidr: "100.64.0.0/20" })).toHaveLength(1);
  expect(small(31, { podCidr: "100.64.0.0/20" })).toEqual([
    expect.stringContaining("and podCidr have addresses for 30 nodes"),
    expect.stringContaining("#43493"),
  ]);
});

const first = { name: "first", cidrBlock: "10.0.0.0/16", podCidr: "100.64.0.0/16" };
const elsewhere = { region: "eu-west-1", zones: ["eu-west-1a", "eu-west-1b"] };

test.each([
  [
    "the pods' block of another",
    { cidrBlock: "10.1.0.0/16", podCidr: "100.64.128.0/18" },
    "podCidr: '100.64.128.0/18'",
  ],
  ["the VPC's block of another", { cidrBlock: "10.2.0.0/16", podCidr: "10.0.64.0/18" }, "podCidr: '10.0.64.0/18'"],
  ["as a VPC, the pods' block of another", { cidrBlock: "100.64.0.0/22" }, "cidrBlock: '100.64.0.0/22'"],
])(
  "a cluster is refused that overlaps %s in its region, and accepted with a warning in another",
  (_, changes, place) => {
    const second = { name: "second", ...changes };

    expect(check(first, second).problems).toEqual([expect.stringContaining(`clusters[1].${place} overlaps `)]);
    const { problems, warnings } = check(first, { ...second, ...elsewhere });
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual(
      expect.stringMatching(/^second: .* of first; see that the two need never be connected$/),
    );
  },
);

test("pods of two clusters in blocks side by side are accepted", () => {
  expect(check(first, { name: "second", cidrBlock: "10.1.0.0/16", podCidr: "100.65.0.0/16" }).problems).toEqual([]);
});

test("with the first interface left to the node, every type that has room for its pods has it still", () => {
  const types = ["t4g.small", "t4g.medium", "m8g.medium", "c6g.large", "r7g.16xlarge"];

  for (const type of types) {
    expect(podAddressCapacity(type, 1)).toBeGreaterThanOrEqual(podsPerNode);
    expect(podAddressCapacity(type, 1)).toBeLessThan(podAddressCapacity(type) ?? 0);
  }
});
