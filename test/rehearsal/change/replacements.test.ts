import { replacementsIn, replacementText } from "../../../rehearsal/change/replacements";

function log(...events: readonly (readonly [second: number, type: string, action: string, address: string])[]): string {
  const lines = events.map(([second, type, action, addr]) =>
    JSON.stringify({
      "@timestamp": new Date(Date.UTC(2026, 10, 27) + second * 1000).toISOString(),
      type,
      hook: { resource: { addr }, action },
    }),
  );
  return ['{"@level":"info","type":"version"}', ...lines, "not JSON"].join("\n");
}

test("replacements are told in their order, with how long nothing or both were there", () => {
  const found = replacementsIn(
    log(
      [0, "apply_start", "create", "aws_eks_node_group.system"],
      [1, "apply_start", "delete", "aws_launch_template.system"],
      [2, "apply_complete", "delete", "aws_launch_template.system"],
      [3.5, "apply_complete", "create", "aws_launch_template.system"],
      [4, "apply_complete", "create", "aws_eks_node_group.system"],
      [4.2, "apply_start", "delete", "aws_eks_node_group.system"],
      [6, "apply_complete", "delete", "aws_eks_node_group.system"],
      [7, "apply_start", "update", "aws_vpc.network"],
    ),
  );

  expect(found.map(replacementText)).toEqual([
    "aws_launch_template.system: it went first, and was not there for 2.5 s",
    "aws_eks_node_group.system: its successor came first, and both were there for 0.2 s",
  ]);
});

test("what is made or destroyed alone is no replacement", () => {
  const found = replacementsIn(
    log(
      [0, "apply_complete", "create", "a.one"],
      [1, "apply_start", "delete", "a.two"],
      [2, "apply_complete", "delete", "a.two"],
    ),
  );

  expect(found).toEqual([]);
});
