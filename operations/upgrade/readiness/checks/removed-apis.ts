import { componentTitles, type Release } from "../../../../releases/release";
import { type RemovedApi, removedApis, unknownRemovals } from "../../../../releases/removed-apis";
import type { CustomResource } from "../../../kubernetes/objects";
import { broken, type Check, holds } from "../../../verify/check";
import type { Snapshot } from "../../../verify/snapshot";
import { counted, namesText } from "../../../verify/wording";
import { targetOf } from "../target";

/** @param next - the release that is ahead; undefined if there is none */
export function objectsOfRemovedApis(next: Release | undefined): Check {
  return {
    id: "objects-of-removed-apis",
    title: "objects of removed APIs",
    async run(snapshot) {
      const { release } = await targetOf(snapshot, next);
      const unknown = unknownRemovals(release);
      if (unknown !== undefined) {
        const component = `${componentTitles[unknown]} ${release[unknown].version}`;
        return {
          state: "could not ask",
          found: `what ${component} takes out is not known here`,
          next: "add it to releases/removed-apis.ts, with its source",
        };
      }
      // Of kinds that the platform has none of, only definitions say what is stored.
      const removed = removedApis(release).filter(({ resources }) => Object.keys(resources).length > 0);
      const found = await Promise.all(removed.map((api) => objectsOf(snapshot, api)));
      const managed = found.flat()[0];
      return managed
        ? broken(
            `${namesText(managed.names)}: set by ${namesText(managed.managers)} as ${managed.apiVersion}, which ${managed.title} does not have`,
            "what applies them names an old version of their API, and fails once it is gone",
            "have it name a version that stays, and apply them again",
          )
        : holds(`none of ${counted(removed.length, "version")} that ${release.name} does not have`);
    },
  };
}

/** Objects of one resource, and who set members of them by an old version. */
interface Finding {
  readonly apiVersion: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly managers: readonly string[];
}

async function objectsOf(snapshot: Snapshot, api: RemovedApi): Promise<readonly Finding[]> {
  const { group, version, resources } = api;
  const apiVersion = `${group}/${version}`;
  const listed = Object.entries(resources).map(async ([plural, listedAs]): Promise<Finding> => {
    const resource = `${plural}.${listedAs}.${group}` as CustomResource;
    const objects = await snapshot.managedBy(resource, apiVersion);
    const managers = [...new Set(objects.flatMap((object) => object.managers))];
    return { apiVersion, title: titleOf(api), names: objects.map(({ name }) => `${plural} ${name}`), managers };
  });
  return (await Promise.all(listed)).filter(({ names }) => names.length > 0);
}

/** @param next - the release that is ahead; undefined if there is none */
export function storedVersions(next: Release | undefined): Check {
  return {
    id: "stored-versions",
    title: "stored versions",
    async run(snapshot) {
      const [{ release }, definitions] = await Promise.all([targetOf(snapshot, next), snapshot.customDefinitions()]);
      const removed = removedApis(release);
      const old = definitions.flatMap(({ name, storedVersions: stored }) => {
        const api = removed.find(({ group, version }) => name.endsWith(`.${group}`) && stored.includes(version));
        return api ? [{ name, api }] : [];
      });
      const [first] = old;
      return first
        ? broken(
            `${namesText(old.map(({ name }) => name))} may have objects stored as ${first.api.version}, which ${titleOf(first.api)} does not have`,
            "they were never written again since their definition got a newer version; the API server refuses a definition without it",
            first.api.component === "flux"
              ? "flux migrate"
              : `write all of them again, then take the version out of the definition's status.storedVersions`,
          )
        : holds(`${counted(definitions.length, "definition")}, none with a version that ${release.name} does not have`);
    },
  };
}

function titleOf({ component, removedIn }: RemovedApi): string {
  return `${componentTitles[component]} ${removedIn}`;
}
