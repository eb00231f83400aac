import type { Cluster } from "../../schema/settings";
import type { Aws } from "../aws/clients";
import type { Connection } from "../connection";
import { type EksAnswers, eksAnswers } from "./answers/eks";
import { type KubernetesAnswers, kubernetesAnswers } from "./answers/kubernetes";
import { answersByQuestion } from "./answers/once";

/** The state of a cluster at one moment. Each question is asked when a check first needs it, and its answer is kept. */
export interface Snapshot extends EksAnswers, KubernetesAnswers {
  readonly settings: Cluster;
  readonly aws: Aws;
  /** Returns the commit at the head of the branch that Flux follows; nothing if GITHUB_TOKEN is not set. */
  head(): Promise<string | undefined>;
}

export function snapshotOf(connection: Connection): Snapshot {
  const { settings, aws, head } = connection;
  const once = answersByQuestion();
  return {
    settings,
    aws,
    head: once("head", head),
    ...eksAnswers(connection, once),
    ...kubernetesAnswers(connection, once),
  };
}
