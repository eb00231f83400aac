import { nodeTags, ownershipTags } from "../../constructs/ownership-tags";
import { mostPodSubnets, podSubnetsValue } from "../../platform/pod-tags";

test("whatever the settings say, teardown finds what belongs to the cluster", () => {
  expect(ownershipTags({ name: "demo", tags: { Team: "platform", Cluster: "other" } })).toMatchObject({
    Team: "platform",
    Cluster: "demo",
  });
});

test("nodes have another tag, and so are other nodes, once their pods have addresses of another block", () => {
  const cluster = { name: "demo", tags: { Team: "platform" } };
  const other = nodeTags({ ...cluster, podCidr: "100.64.0.0/16" });

  expect(nodeTags(cluster)).toEqual(ownershipTags(cluster));
  expect(other).toEqual({ ...ownershipTags(cluster), PodCidr: "100.64.0.0/16" });
});

test("the same goes for the subnets of pods in a network that is there, in whatever order they are listed", () => {
  const tagsOf = (...podSubnets: readonly string[]) =>
    nodeTags({ name: "demo", tags: {}, network: { podSubnets: [...podSubnets] } });

  expect(tagsOf("subnet-2", "subnet-1")).toEqual(tagsOf("subnet-1", "subnet-2"));
  expect(tagsOf("subnet-1", "subnet-2")).not.toEqual(tagsOf("subnet-1", "subnet-3"));
  expect(tagsOf("subnet-1", "subnet-2")).toMatchObject({ PodSubnets: "subnet-1 subnet-2" });
});

test("as many ids as the settings take fit into a tag of EC2, and no more would", () => {
  const ids = (count: number) =>
    Array.from({ length: count }, (_, index) => `subnet-${String(index).padStart(17, "0")}`);

  expect(podSubnetsValue(ids(mostPodSubnets)).length).toBeLessThanOrEqual(256);
  expect(podSubnetsValue(ids(mostPodSubnets + 1)).length).toBeGreaterThan(256);
});
