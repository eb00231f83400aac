import { interruptible } from "../command/interruption";
import { start } from "../command/program";
import type { PlanningResult } from "../terraform/planning-result";
import { type Origin, type ReviewRequest, reviewCommand } from "./command-line";
import type { ServeRequest } from "./serve-options";

/** Reviews what the command line asks for. What only some uses need is loaded by these alone. */
async function reviewAsked(request: ReviewRequest, signal: AbortSignal): Promise<void> {
  const planned = await plansFrom(request.origin, request.stacks, signal);
  const { publishReview } = await import("./publish");
  process.exitCode = await publishReview(planned, request, { now: new Date(), isDated: true });
}

async function plansFrom(origin: Origin, stacks: readonly string[], signal: AbortSignal): Promise<PlanningResult> {
  switch (origin.kind) {
    case "cluster": {
      const { plannedCluster } = await import("./sources/cluster");
      return plannedCluster(origin.cluster, { stacks, refresh: origin.refresh, signal });
    }
    case "saved": {
      const { savedPlans } = await import("./sources/saved");
      return { plans: await savedPlans(origin.files, stacks), problems: [] };
    }
    case "hcp": {
      const { apiOf } = await import("../hcp/api");
      const { tokenFor } = await import("../hcp/terraform-cli-config");
      const { plansOfRuns } = await import("./sources/hcp");
      const token = tokenFor(origin.host, { environment: process.env });
      return plansOfRuns({ api: await apiOf(`https://${origin.host}`), token }, origin.runs, stacks);
    }
  }
}

/** Answers as a run task until a signal ends it, which is its usual end. */
async function serve(request: ServeRequest, signal: AbortSignal): Promise<void> {
  const { serveRunTask } = await import("./serve/serve");
  await serveRunTask(request, { environment: process.env, signal });
}

start(
  reviewCommand(
    (request) => interruptible("interrupted", (signal) => reviewAsked(request, signal)),
    (request) => interruptible("interrupted", (signal) => serve(request, signal)),
  ),
);
