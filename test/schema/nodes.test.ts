import { check, expectMistake, mistakesAt } from "./mistakes";

const type = mistakesAt("nodes.instanceTypes[0]", (value) => ({ nodes: { instanceTypes: [value] } }));
const types = mistakesAt("nodes.instanceTypes", (value) => ({ nodes: { instanceTypes: value } }));
const least = mistakesAt("nodes.minSize", (minSize) => ({ nodes: { minSize } }));
const most = mistakesAt("nodes.maxSize", (maxSize) => ({ nodes: { maxSize } }));
const nodes = mistakesAt("nodes", (value) => ({ nodes: value }));

test.each([
  ..."m5.large c6i.xlarge m6a.large t3.medium g4dn.xlarge p3dn.24xlarge m7i-flex.large mac2.metal"
    .split(" ")
    .map((x86) => type(`${x86}, which is not of arm64,`, x86, "must be an arm64 (Graviton) instance type")),
  type(
    "a size that t4g does not have",
    "t4g.4xlarge",
    "whose t4g has the sizes nano, micro, small, medium, large, xlarge",
  ),
  type("t4g without a hypervisor", "t4g.metal", "; one that is newer than November 2026 goes into newInAws, too"),
  type("a size beyond all", "m7g.999xlarge", "is no instance type of EC2, whose m7g has the sizes medium, large"),
  type("a family that does not exist", "m77g.large", "is of no family of instance types that EC2 had in November 2026"),
  type("a family with a slip", "m8gg.large", "did you mean 'm8g'?"),
  type("an instance type with GPUs", "g5g.xlarge", "has GPUs, which need another AMI than that of these nodes"),
  type("an instance type named like what all objects have", "constructor.large", "must be an arm64"),
  type("an instance type without a size", "t4g", "in lower case, such as 't4g.medium' or 'm8g.large'"),
  type("a size that EC2 does not have", "t4g.huge", "must be an arm64 (Graviton) instance type"),
  type("an instance type in capitals", "T4G.medium", "must be an arm64 (Graviton) instance type"),
  type("an instance type that is a number", 4, "must be an arm64 (Graviton) instance type"),
  type("t4g.nano, too small for the pods of a node,", "t4g.nano", "has 29 addresses for pods, and every node takes 30"),
  type("t4g.micro, too small for the pods of a node,", "t4g.micro", "take 't4g.small' or larger"),
  types("a node group without instance types", [], "is empty; name an instance type at least"),
  types("an instance type without a list", "m6g.16xlarge.or.larger", "must be a list of instance types"),

  least("a node group of no nodes", 0, "is too few: Karpenter and Cilium's operator run two replicas on two nodes"),
  least("one node, where replicas need two,", 1, "take 2 or more"),
  least("a negative number of nodes", -2, "is too few"),
  least("half a node", 2.5, "must be a whole number from 2 to 450"),
  least("a number of nodes in quotes", "2", "must be a whole number from 2 to 450"),
  least("a number of nodes that is none", Number.NaN, "must be a whole number from 2 to 450"),
  least("more nodes than a managed group takes", 451, "is more than the 450 nodes that EKS takes"),
  most("no nodes at most", 0, "is too few"),
  most("more nodes at most than a managed group takes", 451, "let Karpenter make the others"),
  nodes("a number instead of a node group", 2, "must be an object such as { instanceTypes: ['t4g.medium']"),
  nodes("a node group that is null", null, "must be an object such as"),
])("%s is refused", expectMistake);

test("a minimum above the maximum is refused, beside a wrong instance type too", () => {
  const sizes = { minSize: 4, maxSize: 3 };
  const line = "clusters[0].nodes.minSize: 4 is above maxSize; raise maxSize or lower minSize";

  expect(check({ nodes: sizes }).problems).toEqual([line]);
  expect(check({ nodes: { ...sizes, instanceTypes: ["m5.large"] } }).problems).toEqual([
    expect.stringContaining("clusters[0].nodes.instanceTypes[0]: 'm5.large'"),
    line,
  ]);
});

test("an instance type that stands there twice is refused", () => {
  expect(check({ nodes: { instanceTypes: ["t4g.medium", "m8g.large", "t4g.medium"] } }).problems).toEqual([
    "clusters[0].nodes.instanceTypes[2]: 't4g.medium' stands in the list twice; leave one out",
  ]);
});

test("more instance types are refused than a managed node group takes", () => {
  const instanceTypes = ["m6g", "m7g", "m8g"].flatMap((family) =>
    ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge"].map((size) => `${family}.${size}`),
  );

  expect(check({ nodes: { instanceTypes } }).problems).toEqual([
    expect.stringContaining("is longer than the 20 instance types that a managed node group takes"),
  ]);
  expect(check({ nodes: { instanceTypes: instanceTypes.slice(1) } }).problems).toEqual([]);
});
