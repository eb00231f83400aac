import {
  DeleteLoadBalancerCommand as DeleteClassic,
  DescribeTagsCommand as DescribeClassicTags,
  paginateDescribeLoadBalancers as paginateClassic,
} from "@aws-sdk/client-elastic-load-balancing";
import {
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeTagsCommand,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import type { Aws } from "../../aws/clients";
import { allPages } from "../../aws/pages";
import { type Tags, tagsIn } from "../ownership";
import type { Step } from "../step";

/** Something that takes in traffic, of either generation. */
interface Balanced {
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
  readonly remove: () => Promise<unknown>;
}

/** Those whose Services are gone, or that nobody in the cluster can delete any more. */
export const deleteLoadBalancers: Step = {
  id: "load-balancers",
  title: "Delete the cluster's load balancers that are left",
  verb: "delete",
  timeout: 10,
  find: async ({ connection: { aws }, owned }) => {
    const generations = await Promise.all([classic(aws), current(aws), targetGroups(aws)]);
    const own = generations.flat().filter(({ id, tags }) => owned.has("load balancer", id, tags));
    return own.map(({ name, remove }) => ({
      name,
      held: undefined,
      act: async () => {
        await remove();
      },
    }));
  },
};

/** As many as the tags of are told at once. */
const atOnce = 20;

function inChunks<T>(list: readonly T[]): T[][] {
  return list.length === 0 ? [] : [list.slice(0, atOnce), ...inChunks(list.slice(atOnce))];
}

async function classic({ elb }: Aws): Promise<Balanced[]> {
  const found = await allPages(paginateClassic({ client: elb }, {}), (page) => page.LoadBalancerDescriptions);
  const names = found.map(({ LoadBalancerName = "" }) => LoadBalancerName);
  const described = await Promise.all(
    inChunks(names).map((LoadBalancerNames) => elb.send(new DescribeClassicTags({ LoadBalancerNames }))),
  );
  return described
    .flatMap(({ TagDescriptions = [] }) => TagDescriptions)
    .map(({ LoadBalancerName = "", Tags }) => ({
      id: LoadBalancerName,
      name: `load balancer ${LoadBalancerName}`,
      tags: tagsIn(Tags),
      remove: () => elb.send(new DeleteClassic({ LoadBalancerName })),
    }));
}

async function current(aws: Aws): Promise<Balanced[]> {
  const found = await allPages(paginateDescribeLoadBalancers({ client: aws.elbv2 }, {}), (page) => page.LoadBalancers);
  const arns = found.map(({ LoadBalancerArn = "" }) => LoadBalancerArn);
  return tagged(aws, arns, "load balancer", (LoadBalancerArn) =>
    aws.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })),
  );
}

/** Those that no load balancer uses any more. */
async function targetGroups(aws: Aws): Promise<Balanced[]> {
  const found = await allPages(paginateDescribeTargetGroups({ client: aws.elbv2 }, {}), (page) => page.TargetGroups);
  const unused = found.filter(({ LoadBalancerArns = [] }) => LoadBalancerArns.length === 0);
  const arns = unused.map(({ TargetGroupArn = "" }) => TargetGroupArn);
  return tagged(aws, arns, "target group", (TargetGroupArn) =>
    aws.elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn })),
  );
}

async function tagged(
  { elbv2 }: Aws,
  arns: readonly string[],
  word: string,
  remove: (arn: string) => Promise<unknown>,
): Promise<Balanced[]> {
  const described = await Promise.all(
    inChunks(arns).map((ResourceArns) => elbv2.send(new DescribeTagsCommand({ ResourceArns }))),
  );
  return described
    .flatMap(({ TagDescriptions = [] }) => TagDescriptions)
    .map(({ ResourceArn: id = "", Tags }) => ({
      id,
      name: `${word} ${id.split("/").slice(1, -1).join("/")}`,
      tags: tagsIn(Tags),
      remove: () => remove(id),
    }));
}
