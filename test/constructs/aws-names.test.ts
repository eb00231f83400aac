import { awsName } from "../../constructs/aws-names";

test("the longest name that AWS takes passes", () => {
  expect(awsName("sqsQueue", "q".repeat(80))).toHaveLength(80);
});

test("a longer one is refused with both lengths and the way out", () => {
  expect(() => awsName("sqsQueue", "q".repeat(81))).toThrow(/81 characters, AWS takes 80; shorten/);
});
