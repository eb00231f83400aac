import { fluxNamespace, kustomizations } from "../../../platform/names";
import { Failure } from "../../command/failure";
import type { ClusterObject } from "../../kubernetes/objects";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { gitRepositories } from "./flux";

interface GitRepository extends ClusterObject {
  /** @default - none, which the API refuses */
  readonly spec?: {
    readonly url: string;
    readonly ref: Readonly<Record<string, string>> | undefined;
  };
}

interface Kustomization extends ClusterObject {
  /** @default - none, which the API refuses */
  readonly spec?: { readonly path: string | undefined; readonly sourceRef: { readonly name: string } };
}

/** What Flux follows says itself what Flux follows: whoever changes it in the cluster has Flux obey another repository. */
export const fluxSource: Check = {
  id: "flux-source",
  title: "what Flux follows",
  async run(snapshot) {
    const { repository, name } = snapshot.settings;
    const sources = await snapshot.customObjects(gitRepositories);
    const all = await snapshot.customObjects("kustomizations.v1.kustomize.toolkit.fluxcd.io");
    const source = sources.find(isNamed(fluxNamespace)) as GitRepository | undefined;
    const kustomization = all.find(isNamed(kustomizations.sync)) as Kustomization | undefined;
    if (!source?.spec || !kustomization?.spec) {
      throw new Failure("nothing there", "there is nothing that Flux follows", "see Git repository above");
    }
    const path = `clusters/${name}`;
    const problem =
      sourceProblem(source.spec.url, source.spec.ref ?? {}, repository) ??
      pathProblem(kustomization.spec.path ?? "", kustomization.spec.sourceRef.name, path);
    return problem === undefined
      ? holds(`${path} on ${repository.branch} of ${repository.owner}/${repository.name}`)
      : broken(
          problem,
          "somebody changed it by hand, and Flux applies what stands there",
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
  },
};

function isNamed(name: string) {
  return ({ metadata }: ClusterObject) => metadata.namespace === fluxNamespace && metadata.name === name;
}

function sourceProblem(
  url: string,
  ref: Readonly<Record<string, string>>,
  { owner, name, branch }: Snapshot["settings"]["repository"],
): string | undefined {
  const urls = [`ssh://git@github.com/${owner}/${name}`, `https://github.com/${owner}/${name}`];
  if (!urls.includes(url.replace(/\.git$/, ""))) {
    return `it is the repository ${url}, and settings.ts names ${owner}/${name}`;
  }
  // A commit, a tag or a range of versions goes before the branch.
  const others = Object.entries(ref).filter(([kind, value]) => kind !== "branch" || value !== branch);
  const [other] = others;
  if (other) {
    return `it is the ${other[0]} ${other[1]}, and settings.ts names the branch ${branch}`;
  }
  return ref["branch"] === branch ? undefined : `it is the default branch, and settings.ts names ${branch}`;
}

function pathProblem(path: string, source: string, wanted: string): string | undefined {
  if (source !== fluxNamespace) {
    return `it is the source ${source}, and the platform's is ${fluxNamespace}`;
  }
  return path.replace(/^\.\//, "").replace(/\/$/, "") === wanted
    ? undefined
    : `it is the folder ${path}, and the platform's is ${wanted}`;
}
