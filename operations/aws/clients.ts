import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { HandlerExecutionContext, HttpResponse } from "@smithy/types";

import { type AwsCall, callText, type Observer } from "../command/call";
import { timed } from "../command/debug";
import { rememberSuccess } from "../command/remember";
import { awsFailure, expectNoWebPage, isResourceNotFound } from "./failure";
import { retryStrategy } from "./retry-strategy";

/** Clients of one region, with the credentials of the SDK's default chain. */
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
  readonly sts: STSClient;
  /** Returns who the credentials belong to; STS is asked once. */
  identity(): Promise<Identity>;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

// package.json says which Node this needs; that a later SDK will need another is no news to whoever runs a command.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** The services that IAM's actions call otherwise than the clients here. */
const iamServices: Readonly<Record<string, string>> = { elb: "elasticloadbalancing", elbv2: "elasticloadbalancing" };

/**
 * Returns clients whose calls are observed, and throw what fails as a Failure.
 * @param requestTimeout - milliseconds after which a service that has not answered is unreachable
 */
export function awsClients(region: string, observe: Observer, requestTimeout = 30_000): Aws {
  // A machine without a way to the network hears of it soon. Without throwOnRequestTimeout, the SDK warns and waits on.
  const requestHandler = { connectionTimeout: 5_000, requestTimeout, throwOnRequestTimeout: true };
  // One chain of credentials serves all clients: a program that it runs (credential_process) is run once.
  const { credentials } = new STSClient({ region, requestHandler }).config;
  const config = { region, requestHandler, credentials, retryStrategy: retryStrategy() };
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
    sts: new STSClient(config),
  };
  const identity = rememberSuccess(async () => {
    const { Account: account = "", Arn: arn = "" } = await clients.sts.send(new GetCallerIdentityCommand({}));
    return { account, arn };
  });
  const principal = () => identity().then(({ arn }) => arn, unknownPrincipal);
  for (const [name, { middlewareStack }] of Object.entries<ObservedClient>(clients)) {
    // STS can't be asked whom STS refused.
    const refused = name === "sts" ? unknownPrincipal : principal;
    const service = iamServices[name] ?? name;
    middlewareStack.add(observation(service, observe, refused), { step: "initialize", name: "observe" });
    // Of all that stand in this step, the first that sees an answer.
    middlewareStack.add(webPageRefusal(service), { step: "deserialize", name: "refuseWebPages", priority: "low" });
  }
  return { ...clients, identity };
}

const unknownPrincipal = async () => "whoever you are";

/** A client, whatever its service; the SDK's own types differ too much to be looped over. */
interface ObservedClient {
  readonly middlewareStack: {
    add<Middleware>(middleware: Middleware, options: { readonly step: "initialize"; readonly name: string }): void;
    add<Middleware>(middleware: Middleware, options: LastInDeserialize): void;
  };
}

interface LastInDeserialize {
  readonly step: "deserialize";
  readonly name: string;
  readonly priority: "low";
}

type Handler = (given: { readonly input: object }) => Promise<unknown>;

type Sender = (given: object) => Promise<{ readonly response: HttpResponse }>;

/** Returns middleware that has each call observed before it is made, and throws what fails as a Failure. */
function observation(service: string, observe: Observer, principal: () => Promise<string>) {
  return (next: Handler, { commandName = "" }: HandlerExecutionContext): Handler =>
    async (given) => {
      const call: AwsCall = { system: "aws", action: actionOf(service, commandName), input: given.input };
      observe(call);
      try {
        return await timed(callText(call), () => next(given));
      } catch (thrown) {
        // Only the caller can judge whether it is wrong that something does not exist.
        throw isResourceNotFound(thrown) ? thrown : await awsFailure(thrown, call, principal);
      }
    };
}

/** Returns middleware that throws where a web page is the answer. */
function webPageRefusal(service: string) {
  return (next: Sender, { commandName = "" }: HandlerExecutionContext): Sender =>
    async (given) => {
      const result = await next(given);
      await expectNoWebPage(result.response, { system: "aws", action: actionOf(service, commandName) });
      return result;
    };
}

function actionOf(service: string, commandName: string): string {
  return `${service}:${commandName.replace(/Command$/, "")}`;
}
