import { retentionInDays } from "../../constructs/log-retention";

test("what is never deleted is 0 to the provider, and days are days", () => {
  expect([retentionInDays("never"), retentionInDays(30)]).toEqual([0, 30]);
});
