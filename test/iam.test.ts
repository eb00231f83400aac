import { stackParts } from "../platform/parts";
import { demoWith } from "../rehearsal/life/demo-settings";
import { checkedCluster } from "../rehearsal/life/rehearsal";
import { platforms } from "./support/platforms";
import { platform } from "./support/synth";

const types = ["aws_iam_role", "aws_iam_instance_profile", "aws_iam_policy"] as const;

describe.each(Object.entries(platforms))("%s", (_, settings) => {
  const { iam } = checkedCluster(settings);
  const stacks = platform(settings);
  const made = stackParts.flatMap((part) =>
    types.flatMap((type) =>
      Object.entries(stacks[part].resource[type] ?? {}).map(([id, values]) => ({ address: `${type}.${id}`, values })),
    ),
  );

  test("every role, instance profile and policy has the path and the prefix, and every role the boundary", () => {
    expect(made.length).toBeGreaterThanOrEqual(11);
    for (const { address, values } of made) {
      const { path = "/", permissions_boundary: boundary } = values;

      expect({ address, path, boundary, hasPrefix: values.name.startsWith(iam.namePrefix) }).toEqual({
        address,
        path: iam.path,
        boundary: address.startsWith("aws_iam_role.") ? iam.permissionsBoundary : undefined,
        hasPrefix: true,
      });
    }
  });

  test("what roles are named by is what Terraform knows of them: neither path nor prefix is written a second time", () => {
    const texts = stackParts.map((part) =>
      JSON.stringify({ ...stacks[part].resource, ...noNames(stacks[part].resource) }),
    );

    expect(iam.path === "/" ? [] : texts.filter((text) => text.includes(iam.path))).toEqual([]);
  });
});

/** Resources without the arguments of which the test above sees that they have the path. */
function noNames(resource: Record<string, Record<string, object>>) {
  return Object.fromEntries(
    types.map((type) => [
      type,
      Object.fromEntries(Object.entries(resource[type] ?? {}).map(([id, values]) => [id, { ...values, path: "" }])),
    ]),
  );
}

test("of a resource of any other type of IAM's, nobody knows whether it could have a path or a boundary", () => {
  const { network, cluster, bootstrap } = platform({ ...demoWith(), flowLogs: true });
  const others = [network, cluster, bootstrap].flatMap(({ resource }) =>
    Object.keys(resource).filter((type) => type.startsWith("aws_iam_") && !types.some((known) => known === type)),
  );

  expect([...new Set(others)].sort()).toEqual([
    "aws_iam_openid_connect_provider",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
  ]);
});
