import { check, expectMistake, mistakesAt } from "./mistakes";

const tag = (what: string, key: string, words: string) => {
  const place = /^\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  return mistakesAt(`tags${place}`, (value) => ({ tags: { [key]: value } }))(what, "platform", words);
};
const value = mistakesAt("tags.Team", (text) => ({ tags: { Team: text } }));
const tags = mistakesAt("tags", (all) => ({ tags: all }));

test.each([
  tag("a tag of AWS", "aws:cloudformation:stack-name", "is reserved for AWS, EKS, Cilium or controllers; take another"),
  tag("a tag of AWS in capitals", "AWS:team", "is reserved for AWS"),
  tag("a tag of EKS", "eks:cluster-name", "is reserved for AWS, EKS"),
  tag("a tag of Kubernetes", "kubernetes.io/cluster/demo", "or controllers; take another"),
  tag("a tag of Karpenter", "karpenter.sh/discovery", "or controllers; take another"),
  tag("a tag of Karpenter's EC2 part", "karpenter.k8s.aws/ec2nodeclass", "or controllers; take another"),
  tag("a tag of the load balancer controller", "elbv2.k8s.aws/cluster", "or controllers; take another"),
  tag("a tag of the EBS driver", "ebs.csi.aws.com/cluster", "or controllers; take another"),
  tag("a tag of Cilium", "io.cilium/cluster-name", "or controllers; take another"),
  tag(
    "a tag that names resources",
    "Name",
    "that the stacks set themselves (Name, PodCidr, PodSubnets, PodSubnetOf, Cluster, ManagedBy)",
  ),
  tag("a tag by which teardown finds resources", "Cluster", "that the stacks set themselves"),
  tag("a tag that the stacks set, in small letters,", "managedby", "that the stacks set themselves"),
  tag("a tag with a character that AWS refuses", "Team#1", "has a key that AWS refuses; write 1 to 128 letters"),
  tag("a tag with a tabulator", "Cost\tCentre", "has a key that AWS refuses"),
  tag("a tag with a key of 129 characters", "k".repeat(129), "has a key that AWS refuses"),
  tag("a tag without a key", "", "has a key that AWS refuses; write 1 to 128"),

  value("a value with a character that AWS refuses", "platform; ops", "is a value that AWS refuses; write at most 256"),
  value("a value with a line break", "platform\nops", "is a value that AWS refuses"),
  value("a value that Terraform would take for an expression", "${path.cwd}", "is a value that AWS refuses"),
  value("a value of 257 characters", "v".repeat(257), "is a value that AWS refuses; write at most 256"),
  value("a value in the name of AWS", "aws:platform", "begins with 'aws:', which EKS keeps to AWS in values too"),
  value("a value that is a number", 7, "must be a string"),
  value("a value that is null", null, "must be a string"),
  tags("tags in a list", [], "must be an object of keys and values, such as { Team: 'platform' }"),
  tags("tags in one string", "Team=platform", "must be an object of keys and values"),
])("%s is refused", expectMistake);

test("two tags that differ in case alone are refused, each of them", () => {
  const words = "has a key that differs from another's only in case, which IAM refuses; leave one out";

  expect(check({ tags: { Team: "a", team: "b", Stage: "c" } }).problems).toEqual([
    `clusters[0].tags.Team: 'a' ${words}`,
    `clusters[0].tags.team: 'b' ${words}`,
  ]);
});

test("more tags are refused than AWS has room for", () => {
  const some = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`key-${index}`, ""]));

  expect(check({ tags: some(41) }).problems).toEqual([
    expect.stringMatching(/^clusters\[0\]\.tags: \{.*… are 41 tags, and 40 fit beside .*; leave some out$/),
  ]);
  expect(check({ tags: some(40) }).problems).toEqual([]);
});
