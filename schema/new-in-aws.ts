import * as z from "zod";

import { sizesOfFamilies } from "./aws/instance-types";
import { regions, tablesDate } from "./aws/regions";
import { zonesOf } from "./aws/zones";
import { graviton } from "./instance-types";
import { regionPattern } from "./region";
import { uniqueList } from "./rule";

const rule = "must be the code of a region, the name of an availability zone or an arm64 instance type";

/** Returns whether the tables have a region, an availability zone or an instance type. */
function isKnown(name: string): boolean {
  const region = name.replace(/[a-z]$/, "");
  return regions.includes(name) || (regions.includes(region) && zonesOf(region).includes(name)) || isKnownType(name);
}

export function isKnownType(instanceType: string): boolean {
  const [family = "", size = ""] = instanceType.split(".");
  return sizesOf(family).includes(size);
}

/** Returns the sizes that a family of instance types has; none if there is no such family. */
export function sizesOf(family: string): string[] {
  return (Object.hasOwn(sizesOfFamilies, family) ? (sizesOfFamilies[family] ?? "") : "").split(" ").filter(Boolean);
}

/** What AWS has that the tables lack. A region that is named here brings its zones along. */
export const newInAws = uniqueList(
  z.string(rule).superRefine((name, context) => {
    if (isKnown(name)) {
      context.addIssue({ code: "custom", message: "is known without it; leave it out" });
    } else if (!regionPattern.test(name.replace(/(\d)[a-z]$/, "$1")) && !graviton.test(name)) {
      context.addIssue({ code: "custom", message: rule });
    }
  }),
  "must be a list of regions, availability zones and instance types that are newer than this platform's tables",
);

/** The way out of a refusal of what only the tables speak against. */
export const wayOut = `one that is newer than ${tablesDate} goes into newInAws, too`;
