import {
  clusterVariables,
  clusterVariablesName,
  fluxNamespace,
  karpenterNamespace,
  kustomizations as own,
} from "../../../platform/names";
import { versions } from "../../../platform/versions";
import { type Custom, conditionOf, nameOf, notReady } from "../../kubernetes/custom";
import { age } from "../age";
import { broken, type Check, type Finding, holds, notAsked } from "../check";
import { lookAgain, planOf } from "../next-commands";
import type { CustomKind, Look } from "../snapshot";
import { deployment } from "../workload";

const controllers = ["source", "kustomize", "helm", "notification"].map((name) => `${name}-controller`);

export const fluxControllers: Check = {
  id: "flux-controllers",
  title: "Flux's controllers",
  async run(look) {
    const findings = await Promise.all(controllers.map((name) => deployment(look, fluxNamespace, name, versions.flux)));
    const wrong = findings.findIndex(({ state }) => state !== "holds");
    const finding = findings[wrong];
    return finding
      ? { ...finding, found: `${controllers[wrong]}: ${finding.found}` }
      : holds(`${controllers.length} run: ${controllers.map((name) => name.replace("-controller", "")).join(", ")}`);
  },
};

interface FluxObject extends Custom {
  readonly spec: { readonly suspend: boolean | undefined } | undefined;
  readonly status:
    | (NonNullable<Custom["status"]> & {
        readonly artifact: { readonly revision: string } | undefined;
        readonly lastAppliedRevision: string | undefined;
        readonly lastAttemptedRevision: string | undefined;
        readonly observedGeneration: number | undefined;
      })
    | undefined;
}

async function fluxObjects(look: Look, kind: CustomKind): Promise<readonly FluxObject[]> {
  return (await look.custom(kind)) as readonly FluxObject[];
}

const repositories = "gitrepositories.v1.source.toolkit.fluxcd.io";

export const gitRepository: Check = {
  id: "git-repository",
  title: "Git repository",
  run: (look) => followed(look, "GitRepository", repositories, [`${fluxNamespace}/${fluxNamespace}`]),
};

export const gitHead: Check = {
  id: "git-head",
  title: "head of the branch",
  async run(look) {
    const head = await look.head();
    const { owner, name, branch } = look.settings.repository;
    if (head === undefined) {
      return notAsked("GITHUB_TOKEN is not set", `set GITHUB_TOKEN to a token that reads ${owner}/${name}`);
    }
    const source = (await fluxObjects(look, repositories)).find((object) => object.metadata.name === fluxNamespace);
    const revision = source?.status?.artifact?.revision ?? "nothing";
    return revision.endsWith(`:${head}`)
      ? holds(`${branch} at ${head.slice(0, 7)}, as in the cluster`)
      : broken(
          `${branch} is at ${head.slice(0, 7)}, and the cluster has ${short(revision)}`,
          "the commit is less than a minute old, or source-controller can't read the repository",
          `flux reconcile source git ${fluxNamespace}`,
        );
  },
};

export const kustomizations: Check = {
  id: "kustomizations",
  title: "Kustomizations",
  run: (look) =>
    followed(
      look,
      "Kustomization",
      "kustomizations.v1.kustomize.toolkit.fluxcd.io",
      Object.values(own).map((name) => `${fluxNamespace}/${name}`),
    ),
};

export const helmReleases: Check = {
  id: "helm-releases",
  title: "HelmReleases",
  run: (look) =>
    followed(look, "HelmRelease", "helmreleases.v2.helm.toolkit.fluxcd.io", [
      `${karpenterNamespace}/${karpenterNamespace}`,
    ]),
};

/** Whether all objects of a kind are ready, the platform's own among them, and none is suspended. */
async function followed(look: Look, kind: string, list: CustomKind, own: readonly string[]): Promise<Finding> {
  const objects = await fluxObjects(look, list);
  const missing = own.filter((name) => !objects.some((object) => nameOf(object) === name));
  const describe = (object: FluxObject) =>
    `kubectl --namespace ${object.metadata.namespace} describe ${kind.toLowerCase()} ${object.metadata.name}`;
  if (missing.length > 0) {
    return broken(
      `there is no ${kind} ${missing.join(", ")}`,
      "Flux has not read the repository yet, or somebody deleted it",
      `kubectl --namespace ${fluxNamespace} get gitrepositories,kustomizations`,
    );
  }
  const [suspended] = objects.filter(({ spec }) => spec?.suspend);
  if (suspended) {
    return broken(
      `${nameOf(suspended)} is suspended`,
      "somebody suspended it, and Flux leaves it as it is",
      `flux resume ${kind === "GitRepository" ? "source git" : kind.toLowerCase()} ${suspended.metadata.name} --namespace ${suspended.metadata.namespace}`,
    );
  }
  const [unready] = objects.filter((object) => notReady(object) !== undefined);
  if (unready) {
    const why = notReady(unready) ?? "";
    // As it does at every interval, for seconds; whether what it finds is well, nobody can say before its end.
    if (conditionOf(unready, "Ready")?.reason?.startsWith("Progressing")) {
      return broken(`${nameOf(unready)}: ${why}`, "Flux is at it now", lookAgain(look.settings));
    }
    return broken(`${nameOf(unready)}: ${why}`, likely(why), describe(unready));
  }
  const [behind] = objects.filter(
    ({ metadata, status }) => (status?.observedGeneration ?? 0) < (metadata.generation ?? 0),
  );
  if (behind) {
    return broken(`${nameOf(behind)} was changed and not read since`, "its controller does not run", describe(behind));
  }
  return holds(objects.map(revisionAndAge).join(", "));
}

function revisionAndAge(object: FluxObject): string {
  const { artifact, lastAppliedRevision, lastAttemptedRevision } = object.status ?? {};
  const revision = artifact?.revision ?? lastAppliedRevision ?? lastAttemptedRevision ?? "";
  return `${object.metadata.name} ${short(revision)} (${age(conditionOf(object, "Ready")?.lastTransitionTime)})`;
}

/** `main@sha1:6e6f6f1`, as Git shortens a commit. */
function short(revision: string): string {
  return revision.replace(/([0-9a-f]{7})[0-9a-f]{33,}$/, "$1");
}

function likely(why: string): string {
  return causes.find(([pattern]) => pattern.test(why))?.[1] ?? "what its controller says";
}

const causes: readonly (readonly [RegExp, string])[] = [
  [
    /unable to authenticate|handshake failed|permission denied|authentication required/i,
    "GitHub does not take the deploy key: deleted there, or made anew",
  ],
  [/couldn't find remote ref|reference not found/i, "the branch is gone"],
  [/dependency '.*' is not ready/i, "what it depends on is not ready: see that first"],
  [/no matches for kind/i, "the kind's definition is not installed yet"],
  [
    /variable substitution failed|configmap.*not found/i,
    `the ConfigMap ${clusterVariablesName} is not there, or lacks a variable`,
  ],
  [
    /i\/o timeout|no such host|connection refused|deadline exceeded/i,
    "there is no way out: NAT, DNS, or the other side is down",
  ],
];

export const variables: Check = {
  id: "variables",
  title: "variables of Flux",
  async run(look) {
    const [map, { endpoint }] = await Promise.all([
      look.configMap(fluxNamespace, clusterVariablesName),
      look.cluster(),
    ]);
    const data = map?.data ?? {};
    const missing = clusterVariables.filter((name) => !data[name]);
    const problem = !map
      ? `there is no ConfigMap ${fluxNamespace}/${clusterVariablesName}`
      : missing.length > 0
        ? `${missing.join(", ")} not set`
        : data["cluster_endpoint"] !== endpoint
          ? `cluster_endpoint is ${data["cluster_endpoint"]}, and the cluster's is ${endpoint}`
          : undefined;
    return problem === undefined
      ? holds(`${clusterVariables.length} in ${clusterVariablesName}`)
      : broken(
          problem,
          "somebody changed it by hand, or the bootstrap stack was not applied",
          planOf(look.settings, "bootstrap"),
        );
  },
};
