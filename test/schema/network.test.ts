import { inspect } from "node:util";
import { podSubnets, sharedNetwork } from "../support/settings";
import { check, expectMistake, mistakesAt } from "./mistakes";

const inNetwork = (changes: object) => ({ network: { ...sharedNetwork, ...changes } });
const vpc = mistakesAt("network.vpcId", (vpcId) => inNetwork({ vpcId }));
const nodes = mistakesAt("network.privateSubnets", (privateSubnets) => inNetwork({ privateSubnets }));
const controlPlane = mistakesAt("network.controlPlaneSubnets", (controlPlaneSubnets) =>
  inNetwork({ controlPlaneSubnets }),
);
const outer = mistakesAt("network.publicSubnets", (publicSubnets) => inNetwork({ publicSubnets }));
const ofPods = mistakesAt("network.podSubnets", (podSubnets) => inNetwork({ podSubnets }));
const beside = (path: string) => mistakesAt(path, (value) => ({ network: sharedNetwork, [path]: value }));
const [first = "", second = ""] = sharedNetwork.privateSubnets;
const [third = "", fourth = ""] = podSubnets;

test.each([
  vpc("a VPC by its name", "shared", "must be the id of a VPC, such as 'vpc-0a1b2c3d4e5f60718'"),
  vpc("a VPC that is a subnet", first, "must be the id of a VPC"),
  vpc("a VPC that is missing", undefined, "must be the id of a VPC"),
  nodes("one private subnet", [first], "must be two subnets at least, in two zones"),
  nodes("no private subnets", undefined, "must be a list of ids of subnets"),
  controlPlane("one subnet of the control plane", [first], "must be two subnets at least"),
  outer("an empty list of public subnets", [], "without any, leave it out"),
  ofPods("one subnet of pods", [third], "must be two subnets at least"),
  beside("podCidr")("a block of pods beside a network", "100.64.0.0/16", "network.podSubnets names subnets of it"),
  beside("zones")("zones beside a network", ["eu-central-1a", "eu-central-1b"], "cannot be chosen beside network"),
  beside("cidrBlock")("a block beside a network", "10.1.0.0/16", "names a VPC, which has its addresses"),
  beside("natGateways")("NAT gateways beside a network", "single", "the ways out of network are its owner's"),
  beside("endpoints")("endpoints beside a network", ["sts"], "are its owner's, and EC2 takes no second one"),
  beside("flowLogs")("flow logs beside a network", true, "are its owner's; leave one of the two out"),
])("%s is refused", expectMistake);

test.each([
  ["an id with capitals", "subnet-0A1B2C3D4E5F60718", "must be the id of a subnet"],
  ["an id that stands there twice", second, "stands in the list twice; leave one out"],
])("%s is refused, in its place", (_, id, words) => {
  const { problems } = check(inNetwork({ privateSubnets: [first, second, id] }));

  expect(problems).toEqual([`clusters[0].network.privateSubnets[2]: ${inspect(id)} ${problems[0]?.split("' ")[1]}`]);
  expect(problems[0]).toContain(words);
});

test("a subnet is private or public, and not both", () => {
  expect(check(inNetwork({ publicSubnets: [second] })).problems).toEqual([
    `clusters[0].network.publicSubnets[0]: '${second}' is among privateSubnets too, from which no load balancer faces the internet; leave one out`,
  ]);
});

test.each(["privateSubnets", "controlPlaneSubnets", "publicSubnets"] as const)(
  "a subnet of pods is not among %s",
  (member) => {
    const [other = ""] = sharedNetwork[member];

    expect(check(inNetwork({ podSubnets: [third, other] })).problems).toEqual([
      `clusters[0].network.podSubnets[1]: '${other}' is among ${member} too, and these are for pods alone; leave one out`,
    ]);
  },
);

test("more subnets of pods than a tag names are refused, with the reason", () => {
  const eleven = Array.from({ length: 11 }, (_, index) => `subnet-0a1b2c3d4e5f607${index + 40}`);

  expect(check(inNetwork({ podSubnets: eleven })).problems).toEqual([
    expect.stringContaining("must be 10 subnets at most: a tag names them, by which nodes are replaced"),
  ]);
});

test("subnets of pods are accepted, as many as a tag names; the one warning says what was seen to fail there", () => {
  const most = Array.from({ length: 10 }, (_, index) => `subnet-0a1b2c3d4e5f607${index + 40}`);

  for (const given of [[third, fourth], most]) {
    const { clusters, problems, warnings } = check(inNetwork({ podSubnets: given }));

    expect(problems).toEqual([]);
    expect(clusters).toMatchObject([{ network: { podSubnets: given } }]);
    expect(warnings).toEqual([
      expect.stringMatching(/^demo-k8s-cilium: network\.podSubnets: .*\(cilium\/cilium#43493, open\); try L7 policies/),
    ]);
  }
});

test("a control plane has no more subnets than EKS takes", () => {
  const controlPlaneSubnets = Array.from({ length: 17 }, (_, index) => `subnet-0a1b2c3d4e5f607${index + 10}`);

  expect(check(inNetwork({ controlPlaneSubnets })).problems).toEqual([
    expect.stringContaining("must be 16 subnets at most, since EKS takes no more"),
  ]);
  expect(check(inNetwork({ controlPlaneSubnets: controlPlaneSubnets.slice(1) })).problems).toEqual([]);
});

test("a load balancer that faces the internet needs public subnets", () => {
  const { publicSubnets: _, ...without } = sharedNetwork;

  expect(check({ network: without, ingress: "nlb" }).problems).toEqual([
    expect.stringMatching(/^clusters\[0\]\.network\.publicSubnets: missing; it is what ingress 'nlb' needs/),
  ]);
  expect(check({ network: sharedNetwork, ingress: "nlb" }).problems).toEqual([]);
});

test("without either way to have a network, both are named; all of two ways is said at once", () => {
  const wayOut = expect.stringMatching(/; or name a VPC that is there in network$/);

  expect(check({ zones: undefined, cidrBlock: undefined }).problems).toEqual([wayOut, wayOut]);
  expect(
    check({ network: { ...sharedNetwork, vpcId: "x" }, cidrBlock: "8.8.0.0/16", natGateways: "single" }).problems,
  ).toHaveLength(4);
});

test("what says that there is nothing of a kind holds beside a network, and the network has no endpoints by default", () => {
  const { clusters, problems, warnings } = check({ network: sharedNetwork, endpoints: [], flowLogs: false });

  expect([...problems, ...warnings]).toEqual([]);
  expect(clusters).toMatchObject([{ network: sharedNetwork, endpoints: [] }]);
  expect(check({ network: sharedNetwork, endpoints: undefined }).clusters).toMatchObject([{ endpoints: [] }]);
});

test("two clusters may be in one network", () => {
  const repository = { owner: "acme", name: "clusters" };
  const { problems, warnings } = check(
    { network: sharedNetwork },
    { name: "second", network: sharedNetwork, repository },
    { name: "third", cidrBlock: "10.1.0.0/16", repository },
  );

  expect([...problems, ...warnings]).toEqual([]);
});
