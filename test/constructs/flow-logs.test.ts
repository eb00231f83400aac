import { FlowLogs } from "../../constructs/flow-logs";
import { define } from "../support/define";
import { plainIam } from "../support/iam";

const { resource } = define((stack) => {
  new FlowLogs(stack, "flow-logs", {
    clusterName: "demo",
    iam: plainIam,
    vpcId: "vpc-1",
    partition: "aws",
    logRetentionDays: 7,
  });
});

test("what was rejected is logged as well as what was accepted", () => {
  expect(resource.aws_flow_log?.flow_logs.traffic_type).toBe("ALL");
});

test("logs are kept as long as asked, not for ever", () => {
  expect(resource.aws_cloudwatch_log_group?.flow_logs.retention_in_days).toBe(7);
});

test("the role writes to the log group of this VPC and to no other, and can before logging begins", () => {
  const [statement] = JSON.parse(resource.aws_iam_role_policy?.flow_logs.policy).Statement;

  const group = "${aws_cloudwatch_log_group.flow_logs.arn}";
  expect(statement.Resource).toEqual([group, `${group}:*`]);
  expect(resource.aws_flow_log?.flow_logs.depends_on).toEqual(["aws_iam_role_policy.flow_logs"]);
});
