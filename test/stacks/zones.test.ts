import { platform } from "../support/synth";

const two = platform({ zones: ["eu-central-1a", "eu-central-1b"], endpoints: ["sts"] });
const three = platform({ zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"], endpoints: ["sts"] });

/** Types of resources that list the zones' parts, and so must change. */
const listing = ["aws_vpc_endpoint"];

test("a zone that is appended changes no resource of the others", () => {
  for (const [type, before] of Object.entries(two.network.resource)) {
    if (!listing.includes(type)) {
      expect(three.network.resource[type]).toEqual(expect.objectContaining(before));
    }
  }
});

test("it brings a public and a private subnet, and none for the control plane", () => {
  const added = Object.keys(three.network.resource.aws_subnet ?? {}).filter(
    (name) => !two.network.resource.aws_subnet?.[name],
  );

  expect(added).toEqual(["private_c", "public_c"]);
});

test("it changes nothing in the cluster stack, whose zones are the cluster's for ever", () => {
  expect(three.cluster).toEqual(two.cluster);
});

test("it reaches the node group through what the network publishes, and nothing else in the bootstrap stack", () => {
  expect(three.bootstrap).toEqual(two.bootstrap);
  expect(three.network.output.private_subnet_ids?.value).toHaveLength(3);
});
