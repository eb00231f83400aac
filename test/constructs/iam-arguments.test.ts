import { iamArguments } from "../../constructs/iam-arguments";
import { plainIam } from "../support/iam";

const boundary = "arn:aws:iam::111122223333:policy/boundary";

test("roles have the boundary; instance profiles and policies can have none", () => {
  const iam = { path: "/platform/", namePrefix: "", permissionsBoundary: boundary };

  expect(iamArguments("iamRole", "demo-cluster", iam)).toEqual({
    name: "demo-cluster",
    path: "/platform/",
    permissionsBoundary: boundary,
  });
  expect(iamArguments("iamInstanceProfile", "demo-nodes", iam)).toEqual({ name: "demo-nodes", path: "/platform/" });
  expect(iamArguments("iamPolicy", "demo-policy", iam)).toEqual({ name: "demo-policy", path: "/platform/" });
});

test("where an organization asks for nothing, the name is all", () => {
  expect(iamArguments("iamRole", "demo-cluster", plainIam)).toEqual({ name: "demo-cluster" });
});
