import * as z from "zod";

import { newestRelease, releases } from "../releases/all";
import { incompatibilities } from "../releases/compatibility";
import { withSuggestion } from "./rule";

const names = releases.map(({ name }) => name);
const [oldest] = releases;

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

/** Names are dates, so one before the oldest is a release that was taken out. */
function unknownRelease(name: unknown): string {
  const isGone = typeof name === "string" && /^\d{4}-\d\d-\d\d$/.test(name) && name < oldest.name;
  return isGone
    ? `is a release that is gone; upgrade to '${oldest.name}' with a commit that has both: git log -- releases/${name}.ts names those that had it`
    : withSuggestion(
        `must be the name of a release in releases/, such as the newest, '${newestRelease.name}': there are ${names.map((one) => `'${one}'`).join(", ")}`,
        name,
        names,
      );
}
