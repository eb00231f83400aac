import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { SQSClient } from "@aws-sdk/client-sqs";

import type { Observer } from "../command/call";
import { type ObservedClient, observeClient, unknownPrincipal } from "./observation";
import type { AwsSession } from "./session";

/** Clients of one session. */
export interface Aws {
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  /** This client knows Classic Load Balancers alone; `elbv2` knows all others. */
  readonly elb: ElasticLoadBalancingClient;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly events: EventBridgeClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly logs: CloudWatchLogsClient;
  readonly sqs: SQSClient;
}

/** Returns clients whose calls are observed, and throw what fails as a Failure. */
export function awsClients({ config, identity }: Omit<AwsSession, "sts">, observe: Observer): Aws {
  const clients = {
    ec2: new EC2Client(config),
    eks: new EKSClient(config),
    elb: new ElasticLoadBalancingClient(config),
    elbv2: new ElasticLoadBalancingV2Client(config),
    events: new EventBridgeClient(config),
    iam: new IAMClient(config),
    kms: new KMSClient(config),
    logs: new CloudWatchLogsClient(config),
    // Else the URL of a queue decides where it is asked, whatever endpoint is set, and the SDK prints that the two differ.
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
  };
  const principal = () => identity().then(({ arn }) => arn, unknownPrincipal);
  for (const [name, client] of Object.entries<ObservedClient>(clients)) {
    observeClient(client, name, observe, principal);
  }
  return clients;
}
