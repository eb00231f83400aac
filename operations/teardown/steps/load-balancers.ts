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
import { ifResourceExists } from "../../aws/failure";
import { allPages } from "../../aws/pages";
import { type Tags, tagsFrom } from "../cluster-tags";
import type { Step, TeardownContext } from "../step";

/** A load balancer of either generation, or a target group. */
interface TaggedBalancer {
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
  readonly vpc: string | undefined;
  readonly remove: () => Promise<unknown>;
  /** What people type to delete it. */
  readonly removal: string;
}

/** Load balancers are left if their Services are gone, or if nobody in the cluster can delete them any more. */
export const deleteLoadBalancers: Step = {
  id: "load-balancers",
  title: "Delete the cluster's load balancers that are left",
  verb: "delete",
  timeoutMinutes: 10,
  find: async (context) =>
    (await ownBalancers(context)).map(({ name, remove }) => {
      const clear = async () => {
        await remove();
      };
      return { name, heldBy: undefined, clear };
    }),
};

/** Returns the cluster's load balancers, and target groups that no load balancer uses, each with the whole command that deletes it. */
export async function ownBalancers({
  connection: { aws, settings },
  ownership,
}: Pick<TeardownContext, "connection" | "ownership">): Promise<TaggedBalancer[]> {
  const found = await Promise.all([classicBalancers(aws), currentBalancers(aws), unusedTargetGroups(aws)]);
  return found
    .flat()
    .map((one) => ({ ...one, removal: `${one.removal} --region ${settings.region}` }))
    .filter((one) => ownership.claimLocated({ ...one, kind: "load balancer" }));
}

/** AWS tells the tags of this many load balancers or target groups in one answer. */
const batchSize = 20;

function batches<T>(list: readonly T[], size: number): T[][] {
  return list.length === 0 ? [] : [list.slice(0, size), ...batches(list.slice(size), size)];
}

interface Tagged<Description> {
  /** @default - AWS told nothing */
  readonly TagDescriptions?: Description[] | undefined;
}

/** Returns what AWS tells of each that is there still. */
async function describeTags<Description>(
  ids: readonly string[],
  describe: (ids: string[]) => Promise<Tagged<Description>>,
  size = batchSize,
): Promise<Description[]> {
  const described = await Promise.all(
    batches(ids, size).map(async (batch) => {
      const answer = await ifResourceExists(describe(batch));
      if (answer) {
        return answer.TagDescriptions ?? [];
      }
      // AWS answers for none of them where one is gone since it was listed.
      return batch.length > 1 ? await describeTags(batch, describe, 1) : [];
    }),
  );
  return described.flat();
}

async function classicBalancers({ elb }: Aws): Promise<TaggedBalancer[]> {
  const found = await allPages(paginateClassic({ client: elb }, {}), (page) => page.LoadBalancerDescriptions);
  const names = found.map(({ LoadBalancerName = "" }) => LoadBalancerName);
  const described = await describeTags(names, (LoadBalancerNames) =>
    elb.send(new DescribeClassicTags({ LoadBalancerNames })),
  );
  const vpcs = new Map(found.map(({ LoadBalancerName, VPCId }) => [LoadBalancerName, VPCId]));
  return described.map(({ LoadBalancerName = "", Tags }) => ({
    id: LoadBalancerName,
    name: `load balancer ${LoadBalancerName}`,
    tags: tagsFrom(Tags),
    vpc: vpcs.get(LoadBalancerName),
    removal: `aws elb delete-load-balancer --load-balancer-name ${LoadBalancerName}`,
    remove: () => elb.send(new DeleteClassic({ LoadBalancerName })),
  }));
}

async function currentBalancers(aws: Aws): Promise<TaggedBalancer[]> {
  const found = await allPages(paginateDescribeLoadBalancers({ client: aws.elbv2 }, {}), (page) => page.LoadBalancers);
  return withTags(aws, new Map(found.map(({ LoadBalancerArn = "", VpcId }) => [LoadBalancerArn, VpcId])), {
    word: "load balancer",
    command: "aws elbv2 delete-load-balancer --load-balancer-arn",
    remove: (LoadBalancerArn) => aws.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })),
  });
}

/** Returns target groups that no load balancer uses: AWS deletes no others. */
async function unusedTargetGroups(aws: Aws): Promise<TaggedBalancer[]> {
  const found = await allPages(paginateDescribeTargetGroups({ client: aws.elbv2 }, {}), (page) => page.TargetGroups);
  const unused = found.filter(({ LoadBalancerArns = [] }) => LoadBalancerArns.length === 0);
  return withTags(aws, new Map(unused.map(({ TargetGroupArn = "", VpcId }) => [TargetGroupArn, VpcId])), {
    word: "target group",
    command: "aws elbv2 delete-target-group --target-group-arn",
    remove: (TargetGroupArn) => aws.elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn })),
  });
}

/** How load balancers, or target groups, are named and deleted. */
interface BalancerKind {
  readonly word: string;
  /** What people type to delete one, up to its ARN. */
  readonly command: string;
  readonly remove: (arn: string) => Promise<unknown>;
}

/** @param vpcs - the VPC of each, by its ARN */
async function withTags(
  { elbv2 }: Aws,
  vpcs: ReadonlyMap<string, string | undefined>,
  { word, command, remove }: BalancerKind,
): Promise<TaggedBalancer[]> {
  const described = await describeTags([...vpcs.keys()], (ResourceArns) =>
    elbv2.send(new DescribeTagsCommand({ ResourceArns })),
  );
  return described.map(({ ResourceArn: id = "", Tags }) => ({
    id,
    name: `${word} ${id.split("/").slice(1, -1).join("/")}`,
    tags: tagsFrom(Tags),
    vpc: vpcs.get(id),
    removal: `${command} ${id}`,
    remove: () => remove(id),
  }));
}
