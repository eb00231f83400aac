import { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";

import type { Connection } from "../../../../operations/connection";
import { ownershipOf } from "../../../../operations/teardown/ownership";
import { deleteLoadBalancers } from "../../../../operations/teardown/steps/load-balancers";
import { cluster } from "../../../support/settings";

const settings = cluster();
const { name, region, iam } = settings;
const vpc = "vpc-0a1b2c3d4e5f60718";
const own = [{ Key: `kubernetes.io/cluster/${name}`, Value: "owned" }];
const arnOf = (balancer: string) =>
  `arn:aws:elasticloadbalancing:${region}:111122223333:loadbalancer/net/${balancer}/0a1b2c3d4e5f6071`;

class NotFound extends Error {
  override readonly name = "LoadBalancerNotFoundException";
}

/** Throws as AWS does where one call is about too many, or about one that is gone. */
function expectAll(asked: readonly string[], gone: readonly string[]): void {
  if (asked.length > 20 || gone.some((id) => asked.includes(id))) {
    throw new NotFound();
  }
}

/** Answers as AWS does where some of those that it lists are gone when it is asked for their tags. */
function balancers(listed: readonly string[], gone: readonly string[]) {
  const elb = Object.assign(new ElasticLoadBalancingClient({ region }), {
    send: async ({ input: { LoadBalancerNames } }: { input: { LoadBalancerNames?: string[] } }) => {
      if (LoadBalancerNames === undefined) {
        return { LoadBalancerDescriptions: listed.map((LoadBalancerName) => ({ LoadBalancerName, VPCId: vpc })) };
      }
      expectAll(LoadBalancerNames, gone);
      return { TagDescriptions: LoadBalancerNames.map((LoadBalancerName) => ({ LoadBalancerName, Tags: own })) };
    },
  });
  const elbv2 = Object.assign(new ElasticLoadBalancingV2Client({ region }), {
    send: async ({ input: { ResourceArns } }: { input: { ResourceArns?: string[] } }) => {
      if (ResourceArns === undefined) {
        const LoadBalancers = listed.map((one) => ({ LoadBalancerArn: arnOf(one), VpcId: vpc }));
        return { LoadBalancers, TargetGroups: [] };
      }
      expectAll(ResourceArns, gone.map(arnOf));
      return { TagDescriptions: ResourceArns.map((ResourceArn) => ({ ResourceArn, Tags: own })) };
    },
  });
  return { elb, elbv2 };
}

/** Returns what the step would delete, without the words before the names. */
async function found(listed: readonly string[], gone: readonly string[]): Promise<string[]> {
  const ownership = ownershipOf({ name, iam });
  ownership.setVpcs([vpc]);
  const connection: Partial<Connection> = { settings, aws: balancers(listed, gone) as unknown as Connection["aws"] };
  const obstacles = await deleteLoadBalancers.find({
    connection: connection as Connection,
    ownership,
    objects: undefined,
    signal: new AbortController().signal,
    say: () => {},
  });
  return obstacles.map((obstacle) => obstacle.name);
}

const many = Array.from({ length: 23 }, (_, index) => `lb${index}`);

test("load balancers of both generations are found by their tags, however many there are", async () => {
  expect(await found(many, [])).toEqual([
    ...many.map((one) => `load balancer ${one}`),
    ...many.map((one) => `load balancer net/${one}`),
  ]);
});

test("one that is gone before its tags are told hides no other", async () => {
  expect(await found(["a", "b", ...many], ["a", "lb22"])).toEqual(await found(["b", ...many.slice(0, -1)], []));
});
