import { flowLogsRoleName } from "../../../../platform/names";
import type { StackPart } from "../../../../platform/parts";
import { isOfStack } from "../../cluster-tags";
import { vpcIds } from "../../main-resources";
import type { Stacks } from "../../stacks";
import type { Obstacle, Step, TeardownContext } from "../../step";
import { instanceProfiles, oidcProviders, policies, roles } from "./iam-resources";
import {
  elasticIps,
  endpoints,
  flowLogs,
  internetGateways,
  natGateways,
  routeTables,
  subnets,
} from "./network-resources";
import {
  endpointSecurityGroups,
  eventRules,
  flowLogGroups,
  keyAliases,
  launchTemplates,
  queues,
} from "./service-resources";
import type { ResourceList, StackResource } from "./stack-resource";

/** Lists of what each stack makes, in groups of which each is deleted before the next. */
const lists: Readonly<Record<StackPart, readonly (readonly ResourceList[])[]>> = {
  network: [
    [flowLogs, natGateways, endpoints],
    [elasticIps, subnets, flowLogGroups, roles((cluster, role) => role === flowLogsRoleName(cluster))],
    [internetGateways, routeTables, endpointSecurityGroups],
  ],
  cluster: [
    [eventRules, instanceProfiles, keyAliases, oidcProviders],
    [queues, roles((cluster, role) => role !== flowLogsRoleName(cluster))],
    [policies],
  ],
  bootstrap: [[launchTemplates]],
};

/**
 * Returns the step that deletes what a stack made and no state knows: an apply was killed, or an answer to it was lost. It follows the
 * destruction of its stack; only that of the network waits for it, since a VPC is not deleted before what is in it.
 */
export function deleteLeftovers(part: StackPart, stacks: Stacks | undefined): Step {
  return {
    id: `leftovers-${part}`,
    title: `Delete what the stack ${part} made and its state does not know`,
    verb: "delete",
    timeoutMinutes: 10,
    find: async (context) => {
      const { connection, ownership } = context;
      // Where others destroy the network, nobody here knows what its state knows, until the VPC is gone.
      if (part === "network" && !stacks && (await vpcIds(connection)).length > 0) {
        return [];
      }
      const groups = await Promise.all(
        lists[part].map(async (group) => (await Promise.all(group.map((list) => list(connection)))).flat()),
      );
      const own = groups.map((group) => group.filter((one) => isOfStack(connection.settings, one)));
      // Mostly there is nothing, and then the state need not be read.
      const known = new Set(own.flat().length > 0 && stacks ? await idsInState(part, stacks, context) : []);
      const left = own.map((group) =>
        group.filter((one) => !known.has(one.id) && ownership.claimOfStack(one, [one.id, ...(one.parts ?? [])])),
      );
      const first = left.findIndex((group) => group.length > 0);
      return left.flatMap((group, index) => group.map((one) => obstacle(one, index === first)));
    },
  };
}

async function idsInState(part: StackPart, stacks: Stacks, context: TeardownContext): Promise<string[]> {
  const stack = stacks.open(part, context);
  await stack.init();
  return stack.ids();
}

/** @param isNext - whether all is gone that may need it */
function obstacle({ kind, id, name, remove }: StackResource, isNext: boolean): Obstacle {
  const clear = async () => {
    await remove?.();
  };
  return {
    name: id === name ? `${kind} ${id}` : `${kind} ${id} (${name})`,
    heldBy: isNext ? undefined : "what may need it goes first",
    clear: isNext && remove ? clear : undefined,
  };
}
