import type { MiddlewareStack } from "@smithy/types";

import type { Call } from "../../../operations/command/call";
import { type Connection, connect } from "../../../operations/connection";
import type { TeardownProps } from "../../../operations/teardown/props";
import { StepTimeout } from "../../../operations/teardown/run-step";
import type { Stack } from "../../../operations/teardown/stacks";
import { teardown } from "../../../operations/teardown/teardown";
import { stateOwnerAddress } from "../../../platform/state-owner";
import { expectHarmless, foreignText } from "../../support/foreign-text";
import { cluster } from "../../support/settings";

const settings = cluster({ name: "demo", admins: ["arn:aws:iam::111122223333:role/platform-admin"] });

const hostile = "web\n0 to destroy\r\u001b[2J\u202E";
const spelledOut = "web\\n0 to destroy\\u{d}\\u{1b}[2J\\u{202e}";

const lookAlike = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/theirs/0a1b2c3d4e5f6071";

function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** What an AWS answers in which the cluster is gone, and something of it is left. */
const answers: Record<string, object | undefined> = {
  GetCallerIdentityCommand: { Account: "111122223333", Arn: "arn:aws:iam::111122223333:role/platform-admin" },
  DescribeVpcsCommand: {
    Vpcs: [{ VpcId: "vpc-1", Tags: tagList({ Name: "demo", Cluster: "demo", ManagedBy: "Terraform" }) }],
  },
  // Somebody else's, in a VPC of theirs.
  DescribeLoadBalancersCommand: { LoadBalancers: [{ LoadBalancerArn: lookAlike, VpcId: "vpc-2" }] },
  DescribeTagsCommand: {
    TagDescriptions: [{ ResourceArn: lookAlike, Tags: tagList({ "kubernetes.io/cluster/demo": "owned" }) }],
  },
  DescribeNetworkInterfacesCommand: {
    NetworkInterfaces: [
      {
        VpcId: "vpc-1",
        NetworkInterfaceId: "eni-1",
        Description: hostile,
        Status: "in-use",
        SubnetId: "subnet-1",
        TagSet: tagList({ "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": "demo", Cluster: "demo" }),
      },
    ],
  },
  DescribeInstancesCommand: {
    Reservations: [
      {
        Instances: [
          {
            InstanceId: "i-1",
            VpcId: "vpc-1",
            State: { Name: "shutting-down" },
            Tags: tagList({
              Name: hostile,
              "kubernetes.io/cluster/demo": "owned",
              "eks:eks-cluster-name": "demo",
              "karpenter.sh/nodepool": "default",
            }),
          },
        ],
      },
    ],
  },
};

function connector(...given: Parameters<typeof connect>): Connection {
  const connection = connect(...given);
  const { ec2, elb, elbv2, events, iam, kms, logs, sqs } = connection.aws;
  answering(ec2.middlewareStack);
  answering(elb.middlewareStack);
  answering(elbv2.middlewareStack);
  answering(events.middlewareStack);
  answering(iam.middlewareStack);
  answering(kms.middlewareStack);
  answering(logs.middlewareStack);
  answering(sqs.middlewareStack);
  return { ...connection, describe: async () => undefined };
}

/** Has a client answer without asking anybody. */
function answering<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
  stack.add(
    (_, { commandName = "" }) =>
      async () => ({ response: {}, output: (answers[commandName] ?? {}) as Output }),
    { step: "initialize", priority: "low" },
  );
}

/** The lines that it says, and what it throws. */
async function tornDown(more: Partial<TeardownProps>): Promise<{ lines: string[]; thrown: unknown }> {
  const lines: string[] = [];
  let time = 0;
  const thrown = await teardown({
    settings,
    deleteVolumes: false,
    disableDeletionProtection: false,
    dryRun: false,
    withoutApi: false,
    stacks: undefined,
    confirm: async () => {},
    signal: new AbortController().signal,
    say: (line) => lines.push(line),
    connector,
    clock: {
      now: () => time,
      sleep: async (milliseconds) => {
        time += milliseconds;
      },
    },
    ...more,
  }).catch((failure) => failure);
  return { lines, thrown };
}

test("a state that is another cluster's is refused before anything is shown", async () => {
  const theirs = { account: "444455556666", region: "eu-central-1", repository: "acme/theirs" };
  const stack: Partial<Stack> = {
    stack: "demo-cluster",
    init: async () => {},
    addresses: async () => [stateOwnerAddress],
    inputAt: async () => theirs,
    commandLine: (words) => `terraform ${words}`,
  };
  const { lines, thrown } = await tornDown({
    settings: { ...settings, backend: { type: "s3", bucket: "acme-state", prefix: "demo", region: "eu-central-1" } },
    stacks: { destroyer: "Terraform", open: () => stack as Stack },
  });

  expect(thrown).toMatchObject({ kind: "somebody else's", message: expect.stringContaining("account 444455556666") });
  expect(lines).toEqual([]);
});

test("a dry run shows every step of a cluster that is gone, and asks for nothing but reads", async () => {
  const calls: Call[] = [];
  const watched: typeof connect = (given, observe) => {
    return connector(given, (call) => {
      calls.push(call);
      observe(call);
    });
  };
  const { lines, thrown } = await tornDown({ dryRun: true, connector: watched });

  expect(thrown).toBeUndefined();
  expect(lines[0]).toBe(`demo in ${settings.region} of account 111122223333: EKS has no such cluster`);
  expect(lines.filter((line) => /^ \d\. /.test(line))).toHaveLength(9);
  expect(lines.at(-1)).toBe("Nothing was changed.");
  expect(calls.length).toBeGreaterThan(5);
});

test("what others have written into AWS is said on one line, with all in it that would not be seen spelled out", async () => {
  const { lines } = await tornDown({ dryRun: true });

  expect(lines).toContain(`      eni-1 (${spelledOut}), in-use, nobody's, in subnet-1: still attached`);
  expect(lines).toContain(`      i-1 (${spelledOut}): shutting-down`);
});

test("the list of what would be deleted cannot be forged, nor made longer than people read", async () => {
  const instance = answers["DescribeInstancesCommand"];
  answers["DescribeInstancesCommand"] = JSON.parse(
    JSON.stringify(instance).replaceAll(JSON.stringify(hostile), JSON.stringify(foreignText)),
  );
  try {
    const { lines } = await tornDown({ dryRun: true });

    expect(lines.filter((line) => line.includes("\n"))).toEqual([]);
    expectHarmless(lines.join("\n"));
  } finally {
    answers["DescribeInstancesCommand"] = instance;
  }
});

test("what has the cluster's tags in another VPC is shown before anybody is asked, with what deletes it", async () => {
  const { lines } = await tornDown({ dryRun: true });

  expect(lines.at(-2)).toBe(
    `Left alone, with tags of demo: load balancer app/theirs, in vpc-2; the cluster's is vpc-1. If it is the cluster's: aws elbv2 delete-load-balancer --load-balancer-arn ${lookAlike} --region ${settings.region}`,
  );
});

test("so is what holds a step up", async () => {
  const { lines, thrown } = await tornDown({});

  expect(lines).toContain(`  wait for i-1 (${spelledOut}): shutting-down`);
  expect(thrown).toBeInstanceOf(StepTimeout);
  const { message } = thrown as StepTimeout;
  expect(message.split("\n")).toEqual([
    expect.stringContaining(`there still is i-1 (${spelledOut})`),
    `  i-1 (${spelledOut}): shutting-down`,
  ]);
});
