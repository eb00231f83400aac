import { policyDocument } from "../../constructs/iam-policy";

test("a statement allows unless it says otherwise", () => {
  const document = policyDocument(
    { actions: ["sqs:ReceiveMessage"], resources: ["*"] },
    { effect: "Deny", actions: ["sqs:*"], resources: ["*"] },
  );

  expect(JSON.parse(document).Statement).toMatchObject([{ Effect: "Allow" }, { Effect: "Deny" }]);
});

test("what a statement does not say is not in the document: IAM refuses empty parts", () => {
  const [statement] = JSON.parse(policyDocument({ actions: ["sts:AssumeRole"] })).Statement;

  expect(Object.keys(statement)).toEqual(["Effect", "Action"]);
});

test("the document is in the current policy language, where variables such as ${aws:username} work", () => {
  expect(JSON.parse(policyDocument()).Version).toBe("2012-10-17");
});
