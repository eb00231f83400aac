import {
  type Category,
  DescribeInsightCommand,
  type Insight,
  type InsightSummary,
  paginateListInsights,
} from "@aws-sdk/client-eks";

import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";
import type { EksAnswers } from "./eks";
import type { Once } from "./once";

/** What EKS has found out of a cluster by itself, once a day. */
export interface InsightAnswers {
  /** Returns what EKS has found for a version of Kubernetes, of one category. */
  insights(category: Category, version: string): Promise<readonly InsightSummary[]>;
  /** Returns what EKS recommends, beside the summary. */
  insight(id: string): Promise<Insight | undefined>;
}

export function insightAnswers({ settings, aws }: Connection, eks: EksAnswers, once: Once): InsightAnswers {
  const { name: clusterName } = settings;
  return {
    insights: once("insights", async (category: Category, version: string) => {
      await eks.cluster();
      const filter = { categories: [category], kubernetesVersions: [version] };
      return allPages(paginateListInsights({ client: aws.eks }, { clusterName, filter }), (page) => page.insights);
    }),
    insight: once("insight", async (id: string) => {
      return (await aws.eks.send(new DescribeInsightCommand({ clusterName, id }))).insight;
    }),
  };
}
