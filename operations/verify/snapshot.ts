import type { Cluster } from "../../schema/settings";
import type { Aws } from "../aws/clients";
import type { Connection } from "../connection";
import { type EksAnswers, eksAnswers } from "./answers/eks";
import { type InsightAnswers, insightAnswers } from "./answers/insights";
import { type KubernetesAnswers, kubernetesAnswers } from "./answers/kubernetes";
import { type NetworkAnswers, networkAnswers } from "./answers/network";
import { answersByQuestion } from "./answers/once";
import { type RbacAnswers, rbacAnswers } from "./answers/rbac";
import { type RoleAnswers, roleAnswers } from "./answers/roles";
import { type UsedApiAnswers, usedApiAnswers } from "./answers/used-apis";

/** The state of a cluster at one moment. Each question is asked when a check first needs it, and its answer is kept. */
export interface Snapshot
  extends EksAnswers,
    InsightAnswers,
    NetworkAnswers,
    RoleAnswers,
    KubernetesAnswers,
    UsedApiAnswers,
    RbacAnswers {
  readonly settings: Cluster;
  readonly aws: Aws;
  /** Returns the commit at the head of the branch that Flux follows; nothing if GITHUB_TOKEN is not set. */
  head(): Promise<string | undefined>;
  /** Returns the names of variables that runs of the bootstrap stack have; nothing if nobody is logged in to where they are. */
  runVariables(): Promise<readonly string[] | undefined>;
}

export function snapshotOf(connection: Connection): Snapshot {
  const { settings, aws, head, runVariables } = connection;
  const once = answersByQuestion();
  const eks = eksAnswers(connection, once);
  return {
    settings,
    aws,
    head: once("head", head),
    runVariables: once("variables of runs", runVariables),
    ...eks,
    ...insightAnswers(connection, eks, once),
    ...networkAnswers(connection, eks, once),
    ...roleAnswers(connection, once),
    ...kubernetesAnswers(connection, once),
    ...usedApiAnswers(connection, once),
    ...rbacAnswers(connection, once),
  };
}
