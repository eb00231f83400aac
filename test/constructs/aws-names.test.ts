import { awsName } from "../../constructs/aws-names";
import { platform } from "../support/synth";

test("a cluster name of 32 characters leaves room in every name that is made from it", () => {
  const name = "c".repeat(32);
  const { network, cluster, bootstrap } = platform({ name, flowLogs: true, endpoints: ["ecr.api"] });
  const names = [network, cluster, bootstrap]
    .flatMap(({ resource }) => Object.values(resource))
    .flatMap((blocks) => Object.values(blocks))
    .map((block) => block.name)
    .filter((found) => typeof found === "string" && found.includes(name));

  // The tightest limits, of IAM roles and EventBridge rules, so that all others are kept too.
  expect(names.filter((found) => found.length > 64)).toEqual([]);
  expect(names.length).toBeGreaterThan(15);
});

test("the longest name that AWS takes passes", () => {
  expect(awsName("sqsQueue", "q".repeat(80))).toHaveLength(80);
});

test("a longer one is refused with both lengths and the way out", () => {
  expect(() => awsName("sqsQueue", "q".repeat(81))).toThrow(/81 characters, AWS takes 80; shorten/);
});
