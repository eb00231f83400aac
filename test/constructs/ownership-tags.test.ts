import { nodeTags, ownershipTags } from "../../constructs/ownership-tags";

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
