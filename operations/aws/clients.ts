import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { MiddlewareStack } from "@smithy/types";
import type { AwsCall, Observer } from "../command/call";
import { awsFailure } from "./failure";

/** Clients of one region, with the credentials of the SDK's default chain. */
export interface Aws {
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  /** Load balancers of the first generation. */
  readonly elb: ElasticLoadBalancingClient;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly events: EventBridgeClient;
  readonly logs: CloudWatchLogsClient;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
  /** Who the credentials belong to; asked once. */
  identity(): Promise<Identity>;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

// The package says which Node it takes; that a later SDK will want another is no news to whoever runs this.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** @param requestTimeout - milliseconds until a service that says nothing is unreachable */
export function awsClients(region: string, observe: Observer, requestTimeout = 30_000): Aws {
  let known: Promise<Identity> | undefined;
  // A machine without a way to the network should hear of it soon; without the last, the handler warns and waits on.
  const requestHandler = { connectionTimeout: 5_000, requestTimeout, throwOnRequestTimeout: true };
  // Of one client for all: whatever the chain runs or asks, it does so once.
  const { credentials } = new STSClient({ region, requestHandler }).config;
  const shared = { region, requestHandler, credentials };

  const watch = <Input extends object, Output extends object>(
    stack: MiddlewareStack<Input, Output>,
    service: string,
  ): void =>
    stack.add(
      (next, { commandName = "" }) =>
        async (given) => {
          const call: AwsCall = {
            system: "aws",
            action: `${service}:${commandName.replace(/Command$/, "")}`,
            input: given.input,
          };
          observe(call);
          try {
            return await next(given);
          } catch (thrown) {
            // What only the caller can judge, as that something is not there, comes as the client throws it.
            throw isAbsence(thrown) ? thrown : await awsFailure(thrown, call, service === "sts" ? nobody : principal);
          }
        },
      { step: "initialize", name: "observe" },
    );

  const sts = new STSClient(shared);
  const ec2 = new EC2Client(shared);
  const eks = new EKSClient(shared);
  const elb = new ElasticLoadBalancingClient(shared);
  const elbv2 = new ElasticLoadBalancingV2Client(shared);
  const logs = new CloudWatchLogsClient(shared);
  const events = new EventBridgeClient(shared);
  const sqs = new SQSClient(shared);
  // By the names of IAM's actions.
  watch(sts.middlewareStack, "sts");
  watch(ec2.middlewareStack, "ec2");
  watch(eks.middlewareStack, "eks");
  watch(elb.middlewareStack, "elasticloadbalancing");
  watch(elbv2.middlewareStack, "elasticloadbalancing");
  watch(events.middlewareStack, "events");
  watch(logs.middlewareStack, "logs");
  watch(sqs.middlewareStack, "sqs");

  const whoAmI = async (): Promise<Identity> => {
    const { Account: account = "", Arn: arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    return { account, arn };
  };
  const identity = () => {
    if (!known) {
      known = whoAmI();
      known.catch(() => {
        known = undefined;
      });
    }
    return known;
  };
  // Whoever is refused should see whom AWS takes them for: STS tells everybody.
  const principal = () => identity().then(({ arn }) => arn, nobody);
  return {
    ec2,
    eks,
    elb,
    elbv2,
    events,
    logs,
    sqs,
    sts,
    identity,
  };
}

const nobody = async () => "whoever you are";

/** Whether the service answered that there is no such thing. */
export function isAbsence(thrown: unknown): boolean {
  return thrown instanceof Error && /NotFound|NonExistentQueue|QueueDoesNotExist|NoSuchEntity/.test(thrown.name);
}

/** What is on all pages of an answer. */
export async function everything<Page, T>(
  pages: AsyncIterable<Page>,
  pick: (page: Page) => readonly T[] | undefined,
): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) {
    found.push(...(pick(page) ?? []));
  }
  return found;
}

/** What was asked for, if it is there. */
export async function ifPresent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    if (isAbsence(thrown)) {
      return undefined;
    }
    throw thrown;
  }
}
