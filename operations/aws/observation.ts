import type { HandlerExecutionContext, HttpResponse } from "@smithy/types";

import { type AwsCall, callText, type Observer } from "../command/call";
import { timed } from "../command/debug";
import { awsFailure, expectNoWebPage, isResourceNotFound } from "./failure";

/** The services that IAM's actions call otherwise than the clients here. */
const iamServices: Readonly<Record<string, string>> = { elb: "elasticloadbalancing", elbv2: "elasticloadbalancing" };

/**
 * Has a client's calls observed before they are made, and what fails thrown as a Failure.
 * @param name - of the client, as `Aws` has it
 * @param principal - asks who was refused
 */
export function observeClient(
  { middlewareStack }: ObservedClient,
  name: string,
  observe: Observer,
  principal: () => Promise<string>,
): void {
  const service = iamServices[name] ?? name;
  middlewareStack.add(observation(service, observe, principal), { step: "initialize", name: "observe" });
  // Of all that stand in this step, the first that sees an answer.
  middlewareStack.add(webPageRefusal(service), { step: "deserialize", name: "refuseWebPages", priority: "low" });
}

/** Says who was refused where nobody can be asked for it. */
export const unknownPrincipal = async () => "whoever you are";

/** A client, whatever its service; the SDK's own types differ too much to be looped over. */
export interface ObservedClient {
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
