import * as z from "zod";

import { newestRelease, releases } from "../releases/all";
import { incompatibilities } from "../releases/compatibility";
import { withSuggestion } from "./rule";

const names = releases.map(({ name }) => name);
const listed = names.map((one) => `'${one}'`).join(", ");

/** Name of a set of versions in releases/. */
export const release = z
  .custom<string>((name) => names.some((known) => known === name), {
    error: ({ input }) => unknownRelease(input),
  })
  .superRefine((name, context) => {
    for (const message of releases.filter((one) => one.name === name).flatMap(incompatibilities)) {
      context.addIssue({ code: "custom", message });
    }
  });

/** Names are dates, so one before the newest that is not there was taken out, or never made. */
function unknownRelease(name: unknown): string {
  const isGone = typeof name === "string" && /^\d{4}-\d\d-\d\d$/.test(name) && name < newestRelease.name;
  return isGone
    ? `is no release any more, if it was one; there are ${listed}; git log -1 --format='%H^' -- releases/${name}.ts prints the last commit that had it: check that out, and upgrade to a release that is still here`
    : withSuggestion(
        `must be the name of a release in releases/, such as the newest, '${newestRelease.name}': there are ${listed}`,
        name,
        names,
      );
}
