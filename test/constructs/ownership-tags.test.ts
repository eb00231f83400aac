import { ownershipTags } from "../../constructs/ownership-tags";

test("whatever the settings say, teardown finds what belongs to the cluster", () => {
  expect(ownershipTags({ name: "demo", tags: { Team: "platform", Cluster: "other" } })).toMatchObject({
    Team: "platform",
    Cluster: "demo",
  });
});
