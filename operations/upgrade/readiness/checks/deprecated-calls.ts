import { compareVersions } from "../../../../releases/compatibility";
import type { Release } from "../../../../releases/release";
import { broken, type Check, holds } from "../../../verify/check";
import { counted, namesText } from "../../../verify/wording";
import { type DeprecatedCall, deprecatedCalls } from "../deprecated-calls";
import { targetOf } from "../target";

/** @param next - the release that is ahead; undefined if there is none */
export function callsOfRemovedApis(next: Release | undefined): Check {
  return {
    id: "deprecated-calls",
    title: "calls of deprecated APIs",
    async run(snapshot) {
      const [{ release }, metrics] = await Promise.all([targetOf(snapshot, next), snapshot.apiServerMetrics()]);
      const { version } = release.kubernetes;
      const calls = deprecatedCalls(metrics);
      const gone = calls.filter(({ removedIn }) => removedIn !== "" && compareVersions(removedIn, version) <= 0);
      const later = calls.length - gone.length;
      if (gone.length === 0) {
        return holds(
          later === 0
            ? "none since the API server started that answers"
            : `none that ${version} does not have; ${counted(later, "deprecated API")} that it has`,
        );
      }
      return broken(
        `${namesText(gone.map(callName))}, which Kubernetes ${version} does not have`,
        "something calls an old version of an API, and fails once it is gone",
        `in the audit log /aws/eks/${snapshot.settings.name}/cluster, see the userAgent of requests with the annotation k8s.io/deprecated`,
      );
    },
  };
}

function callName({ group, version, resource, subresource }: DeprecatedCall): string {
  const path = [resource, subresource].filter((part) => part !== "").join("/");
  return `${path} of ${[group, version].filter((part) => part !== "").join("/")}`;
}
