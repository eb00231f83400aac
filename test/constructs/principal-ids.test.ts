import { principalIds } from "../../constructs/principal-ids";

const arn = (principal: string) => `arn:aws:iam::111122223333:${principal}`;

test("an id says type, path, name and account", () => {
  expect(principalIds([])(arn("role/teams/platform_admin"))).toBe("role-teams-platform-admin-111122223333");
});

test("two principals that punctuation alone tells apart have ids of their own, in either order", () => {
  const principals = [arn("role/a-b"), arn("role/a_b")];
  const [one, two] = [principalIds(principals), principalIds(principals.toReversed())];

  expect(principals.map(one)).toEqual([
    "role-a-b-111122223333",
    expect.stringMatching(/^role-a-b-111122223333-\w{8}$/),
  ]);
  expect(principals.map(two)).toEqual(principals.map(one));
});
