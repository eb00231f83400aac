import { fluxNamespace, karpenterNamespace, kustomizations } from "../../../platform/names";
import { releaseNamed } from "../../../releases/all";
import type { CustomResource } from "../../kubernetes/objects";
import { broken, type Check, holds, notAsked } from "../check";
import { checkDeployment } from "../workload";
import { checkFluxObjects, fluxObjects, helmReleases, shortRevision } from "./flux-objects";

const controllers = ["source", "kustomize", "helm", "notification"];

export const fluxControllers: Check = {
  id: "flux-controllers",
  title: "Flux's controllers",
  async run(snapshot) {
    const { version } = releaseNamed(snapshot.settings.release).flux;
    const outcomes = await Promise.all(
      controllers.map(async (name) => {
        const deployment = `${name}-controller`;
        return { deployment, outcome: await checkDeployment(snapshot, fluxNamespace, deployment, version) };
      }),
    );
    const wrong = outcomes.find(({ outcome }) => outcome.state !== "holds");
    return wrong
      ? { ...wrong.outcome, found: `${wrong.deployment}: ${wrong.outcome.found}` }
      : holds(`${controllers.length} run: ${controllers.join(", ")}`);
  },
};

export const gitRepositories: CustomResource = "gitrepositories.v1.source.toolkit.fluxcd.io";

export const gitRepositoryReady: Check = {
  id: "git-repository",
  title: "Git repository",
  run: (snapshot) =>
    checkFluxObjects(snapshot, "GitRepository", gitRepositories, [`${fluxNamespace}/${fluxNamespace}`]),
};

export const gitHead: Check = {
  id: "git-head",
  title: "head of the branch",
  async run(snapshot) {
    const head = await snapshot.head();
    const { owner, name, branch } = snapshot.settings.repository;
    if (head === undefined) {
      return notAsked("GITHUB_TOKEN is not set", `set GITHUB_TOKEN to a token that reads ${owner}/${name}`);
    }
    const sources = await fluxObjects(snapshot, gitRepositories);
    const source = sources.find(({ metadata }) => metadata.name === fluxNamespace);
    const revision = source?.status?.artifact?.revision ?? "nothing";
    return revision.endsWith(`:${head}`)
      ? holds(`${branch} at ${head.slice(0, 7)}, as in the cluster`)
      : broken(
          `${branch} is at ${head.slice(0, 7)}, and the cluster has ${shortRevision(revision)}`,
          "the commit is less than a minute old, or source-controller can't read the repository",
          `flux reconcile source git ${fluxNamespace}`,
        );
  },
};

export const ociRepositoriesReady: Check = {
  id: "oci-repositories",
  title: "OCI repositories",
  run: (snapshot) =>
    checkFluxObjects(snapshot, "OCIRepository", "ocirepositories.v1.source.toolkit.fluxcd.io", [
      `${fluxNamespace}/${kustomizations.components}`,
      `${karpenterNamespace}/${karpenterNamespace}`,
    ]),
};

export const kustomizationsReady: Check = {
  id: "kustomizations",
  title: "Kustomizations",
  run: (snapshot) =>
    checkFluxObjects(
      snapshot,
      "Kustomization",
      "kustomizations.v1.kustomize.toolkit.fluxcd.io",
      Object.values(kustomizations).map((name) => `${fluxNamespace}/${name}`),
    ),
};

export const helmReleasesReady: Check = {
  id: "helm-releases",
  title: "HelmReleases",
  run: (snapshot) =>
    checkFluxObjects(snapshot, "HelmRelease", helmReleases, [`${karpenterNamespace}/${karpenterNamespace}`]),
};
