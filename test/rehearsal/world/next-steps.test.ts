import { nextSteps } from "../../../rehearsal/world/next-steps";
import { cluster } from "../../support/settings";

const admins = ["arn:aws:iam::111122223333:role/platform-admin"];

test.each([
  ["the first of admins", {}, "arn:aws:iam::111122223333:role/platform-admin"],
  [
    "a user who may assume deployRole, if there is one",
    { deployRole: "arn:aws:iam::111122223333:role/deployers/platform" },
    "arn:aws:iam::111122223333:user/rehearsal/caller, who may assume arn:aws:iam::111122223333:role/deployers/platform,",
  ],
])("in a world you are %s", (_, settings, who) => {
  expect(nextSteps("/tmp/world", cluster({ admins, ...settings }), true)).toContain(
    `\nYou are ${who} there. To end it: npm run world -- down /tmp/world\n`,
  );
});
