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
import { type Tags, tagsFrom } from "../ownership";
import type { Step } from "../step";

/** A load balancer of either generation, or a target group. */
interface TaggedBalancer {
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
  readonly remove: () => Promise<unknown>;
}

/** Load balancers are left if their Services are gone, or if nobody in the cluster can delete them any more. */
export const deleteLoadBalancers: Step = {
  id: "load-balancers",
  title: "Delete the cluster's load balancers that are left",
  verb: "delete",
  timeoutMinutes: 10,
  find: async ({ connection: { aws }, ownership }) => {
    const found = await Promise.all([classicBalancers(aws), currentBalancers(aws), unusedTargetGroups(aws)]);
    const own = found.flat().filter(({ id, tags }) => ownership.claim("load balancer", id, tags));
    return own.map(({ name, remove }) => {
      const clear = async () => {
        await remove();
      };
      return { name, heldBy: undefined, clear };
    });
  },
};

/** AWS tells the tags of this many load balancers or target groups in one answer. */
const batchSize = 20;

function batches<T>(list: readonly T[]): T[][] {
  return list.length === 0 ? [] : [list.slice(0, batchSize), ...batches(list.slice(batchSize))];
}

async function classicBalancers({ elb }: Aws): Promise<TaggedBalancer[]> {
  const found = await allPages(paginateClassic({ client: elb }, {}), (page) => page.LoadBalancerDescriptions);
  const names = found.map(({ LoadBalancerName = "" }) => LoadBalancerName);
  const described = await Promise.all(
    batches(names).map((LoadBalancerNames) => elb.send(new DescribeClassicTags({ LoadBalancerNames }))),
  );
  return described
    .flatMap(({ TagDescriptions = [] }) => TagDescriptions)
    .map(({ LoadBalancerName = "", Tags }) => ({
      id: LoadBalancerName,
      name: `load balancer ${LoadBalancerName}`,
      tags: tagsFrom(Tags),
      remove: () => elb.send(new DeleteClassic({ LoadBalancerName })),
    }));
}

async function currentBalancers(aws: Aws): Promise<TaggedBalancer[]> {
  const found = await allPages(paginateDescribeLoadBalancers({ client: aws.elbv2 }, {}), (page) => page.LoadBalancers);
  const arns = found.map(({ LoadBalancerArn = "" }) => LoadBalancerArn);
  return withTags(aws, arns, "load balancer", (LoadBalancerArn) =>
    aws.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })),
  );
}

/** Returns target groups that no load balancer uses: AWS deletes no others. */
async function unusedTargetGroups(aws: Aws): Promise<TaggedBalancer[]> {
  const found = await allPages(paginateDescribeTargetGroups({ client: aws.elbv2 }, {}), (page) => page.TargetGroups);
  const unused = found.filter(({ LoadBalancerArns = [] }) => LoadBalancerArns.length === 0);
  const arns = unused.map(({ TargetGroupArn = "" }) => TargetGroupArn);
  return withTags(aws, arns, "target group", (TargetGroupArn) =>
    aws.elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn })),
  );
}

async function withTags(
  { elbv2 }: Aws,
  arns: readonly string[],
  word: string,
  remove: (arn: string) => Promise<unknown>,
): Promise<TaggedBalancer[]> {
  const described = await Promise.all(
    batches(arns).map((ResourceArns) => elbv2.send(new DescribeTagsCommand({ ResourceArns }))),
  );
  return described
    .flatMap(({ TagDescriptions = [] }) => TagDescriptions)
    .map(({ ResourceArn: id = "", Tags }) => ({
      id,
      name: `${word} ${id.split("/").slice(1, -1).join("/")}`,
      tags: tagsFrom(Tags),
      remove: () => remove(id),
    }));
}
