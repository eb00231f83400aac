import { CommandError } from "../../operations/command/failure";
import { newestRelease, releases } from "../../releases/all";
import type { Release } from "../../releases/release";
import { accountOf } from "../../schema/account";
import { administratorsOf } from "../../schema/deploy-role";
import { type Cluster, type ClusterSettings, checkSettings, mistakesText } from "../../schema/settings";
import type { ClusterStacks } from "./sides";
import { type Block, blocks, networkIn, type StackJson, stackJson, text } from "./stack-json";

/** What of a cluster's settings a world is made of, as the stacks of any commit show it. */
export interface WorldSettings
  extends Pick<
    ClusterSettings,
    | "name"
    | "release"
    | "account"
    | "deployRole"
    | "region"
    | "zones"
    | "cidrBlock"
    | "podCidr"
    | "network"
    | "admins"
    | "repository"
  > {
  readonly controlPlane: Partial<Pick<Cluster["controlPlane"], "serviceCidr" | "secretsKeyArn">>;
  /** Others who may use it. A world needs to know that they are there, and not what they may do. */
  readonly access: { principal: string; policy: "view" }[];
}

/** Reads from stacks what a world is made of: the settings of other commits may have another form than those of today. */
export function settingsInStacks(name: string, stacks: ClusterStacks): WorldSettings {
  const [network, eks, bootstrap] = [stacks.network, stacks.cluster, stacks.bootstrap].map(stackJson);
  const [repository] = blocks(bootstrap, "github_repository");
  const [file] = blocks(bootstrap, "github_repository_file");
  const admins = principalsIn(eks, /^admins_/);
  const [cluster] = blocks(eks, "aws_eks_cluster");
  const [aws] = network?.provider["aws"] ?? [];
  const [account] = (aws?.["allowed_account_ids"] as string[] | undefined) ?? [];
  const [assumed] = (aws?.["assume_role"] as Block[] | undefined) ?? [];
  return {
    name,
    // A world has no older programs.
    release: (releaseOf(stacks) ?? newestRelease).name,
    // Stacks of 0.1.0 do not name it.
    account: account ?? accountOf(admins[0] ?? ""),
    ...(assumed === undefined ? {} : { deployRole: text(assumed["role_arn"]) }),
    region: text(aws?.["region"]),
    ...networkIn(network),
    admins,
    controlPlane: controlPlaneIn(cluster),
    access: principalsIn(eks, /^access_/).map((principal) => ({ principal, policy: "view" })),
    repository: {
      owner: text(bootstrap?.provider["github"]?.[0]?.["owner"]),
      name: text(repository?.["name"] ?? file?.["repository"]),
      branch: text(file?.["branch"]) || "main",
      mode: repository === undefined ? "existing" : "create",
    },
  };
}

/**
 * Returns the cluster whose world both sides of a change can live in.
 * @param here - the cluster as this working tree has it, if it does
 * @param there - the same of the other commit
 * @throws CommandError if one world cannot be both
 */
export function worldCluster(here: Cluster | undefined, there: WorldSettings | undefined): Cluster {
  if (here === undefined) {
    return completed(there);
  }
  if (there === undefined) {
    return here;
  }
  const places: readonly (readonly [string, string, string])[] = [
    ["region", there.region, here.region],
    ["account", there.account, here.account],
    ["repository", repositoryOf(there), repositoryOf(here)],
  ];
  const moved = places.find(([, before, after]) => before !== after);
  if (moved) {
    const [what, before, after] = moved;
    throw new CommandError(
      `${here.name} moves to another ${what}, from ${before} to ${after}, and a world has one alone`,
      {
        next: "rename the cluster in settings.ts to have it made anew, or review this change with npm run review",
      },
    );
  }
  const [before, after] = [there, here].map(administratorsOf);
  // The first is who applies, if no role does: somebody who may do so before the change, and best after it too.
  const staying = there.admins.filter((admin) => here.admins.includes(admin));
  const admins = [...new Set([...staying, ...there.admins, ...(before ?? []), ...(after ?? [])])];
  const access = [...here.access, ...there.access.map((grant) => ({ ...grant, groups: [] }))];
  checkNetworks(here, there);
  const { serviceCidr: _, ...controlPlane } = here.controlPlane;
  return {
    ...here,
    admins,
    access,
    // Of two ways to deploy, each must be open: all roles trust whoever applies, who may do everything.
    deployRole: there.deployRole === here.deployRole ? here.deployRole : undefined,
    // What is made first is made as the other commit has it.
    controlPlane: { ...controlPlane, ...there.controlPlane },
  };
}

/** Throws a CommandError if a world, which has the network of `here` from its start, cannot have the one that `there` looks at, too. */
function checkNetworks({ name, network: here }: Cluster, { network: there }: WorldSettings): void {
  const subnetsOf = (network: typeof there) =>
    network
      ? [
          ...network.privateSubnets,
          ...(network.podSubnets ?? []),
          ...network.controlPlaneSubnets,
          ...(network.publicSubnets ?? []),
        ]
      : [];
  const missing = subnetsOf(there).filter((id) => !subnetsOf(here).includes(id));
  if (there !== undefined && (there.vpcId !== here?.vpcId || missing.length > 0)) {
    throw new CommandError(
      `${name} leaves ${missing.join(", ") || there.vpcId}, and a world has the network of one side of a change alone`,
      { next: "review this change with npm run review" },
    );
  }
}

/** Returns the release that stacks are of; undefined for one that is none here. */
export function releaseOf({ cluster, bootstrap }: ClusterStacks): Release | undefined {
  const [eks] = blocks(stackJson(cluster), "aws_eks_cluster");
  const [cilium] = blocks(stackJson(bootstrap), "helm_release");
  const [coreDns] = blocks(stackJson(bootstrap), "aws_eks_addon");
  return releases.find(
    (one) =>
      one.kubernetes.version === eks?.["version"] &&
      one.cilium.version === cilium?.["version"] &&
      one.coreDns.version === coreDns?.["addon_version"],
  );
}

/** Returns the addresses of Services and the key that are written in a stack; nothing of those that AWS chooses or the stack makes. */
function controlPlaneIn(cluster: Block | undefined): WorldSettings["controlPlane"] {
  const network = cluster?.["kubernetes_network_config"] as Block | undefined;
  const encryption = cluster?.["encryption_config"] as Block | undefined;
  const serviceCidr = text(network?.["service_ipv4_cidr"]);
  const secretsKeyArn = text((encryption?.["provider"] as Block | undefined)?.["key_arn"]);
  return { ...(serviceCidr && { serviceCidr }), ...(secretsKeyArn && { secretsKeyArn }) };
}

function completed(there: WorldSettings | undefined): Cluster {
  const { clusters, problems } = checkSettings(
    there === undefined ? [] : [{ ...there, apiAccess: ["203.0.113.0/24"] }],
  );
  const [cluster] = clusters;
  if (cluster === undefined) {
    throw new CommandError(`no world can be made of the stacks of the other commit\n${mistakesText(problems)}`, {
      next: "name another commit by --from",
    });
  }
  return cluster;
}

/** Returns the principals of access entries whose names in the stack match. Those of roles that the stack makes are expressions. */
function principalsIn(stack: StackJson | undefined, name: RegExp): string[] {
  return Object.entries(stack?.resource?.["aws_eks_access_entry"] ?? {})
    .filter(([id]) => name.test(id))
    .map(([, { principal_arn: arn }]) => text(arn))
    .filter((arn) => arn !== "");
}

function repositoryOf({ repository: { owner, name } }: Pick<ClusterSettings, "repository">): string {
  return `${owner}/${name}`;
}
