import * as z from "zod";

import { sizesOfFamilies } from "../aws/instance-types";
import { regions, tablesDate } from "../aws/regions";
import { zonesOf } from "../aws/zones";
import type { Cluster } from "../cluster";
import { graviton } from "../instance-types";
import { isKnownType, sizesOf, wayOut } from "../new-in-aws";
import { regionPattern, regionRule } from "../region";
import { withSuggestion } from "../rule";
import type { Mistake } from "./mistake";

/** Places within groups, read without the groups' rules: another mistake in a group hides none of these. */
const nested = z.looseObject({
  backend: z
    .looseObject({ type: z.literal("s3"), region: z.string().regex(regionPattern) })
    .optional()
    .catch(undefined),
  nodes: z
    .looseObject({ instanceTypes: z.array(z.string().regex(graviton).optional().catch(undefined)) })
    .optional()
    .catch(undefined),
});

/** Returns whether AWS has a region, as far as the tables and the settings know. */
export function isRegion(name: string, newInAws: readonly string[] = []): boolean {
  return regions.includes(name) || newInAws.includes(name);
}

/**
 * Returns which regions, zones and instance types of a cluster AWS does not have.
 * @param sound - the settings that are right by themselves
 * @param given - all of them, as they are written
 */
export function inexistent({ region, zones, newInAws = [] }: Partial<Cluster>, given: unknown): Mistake[] {
  const mistakes: Mistake[] = [];
  const check = (name: string | undefined, path: PropertyKey[], problem: (name: string) => string | undefined) => {
    const message = name === undefined || newInAws.includes(name) ? undefined : problem(name);
    if (message) {
      mistakes.push({ path, message });
    }
  };

  check(region, ["region"], regionProblem);
  const { backend, nodes } = nested.safeParse(given).data ?? {};
  check(backend?.region, ["backend", "region"], regionProblem);
  if (region !== undefined && isRegion(region, newInAws)) {
    zones?.forEach((zone, index) => {
      check(zone, ["zones", index], (name) => zoneProblem(name, region));
    });
  }
  nodes?.instanceTypes.forEach((type, index) => {
    check(type, ["nodes", "instanceTypes", index], typeProblem);
  });
  return mistakes;
}

function regionProblem(name: string): string | undefined {
  return regions.includes(name) ? undefined : withSuggestion(`${regionRule}; ${wayOut}`, name, regions);
}

function zoneProblem(name: string, region: string): string | undefined {
  if (/^[a-z]+\d+-az\d+$/.test(name)) {
    return `is the id of a zone; write the name that it has in your account, such as '${region}a' (aws ec2 describe-availability-zones shows both)`;
  }
  if (/-wlz-\d+[a-z]?$/.test(name)) {
    return `is a Wavelength Zone, in which EKS puts no control plane; write '${region}a' or the like`;
  }
  // EKS user guide, "VPC and subnet considerations": the control plane's subnets must not be there.
  if (/^[a-z-]+-\d+-[a-z]{3}-\d+[a-z]$/.test(name)) {
    return `is a Local Zone, in which EKS puts no control plane; write '${region}a' or the like`;
  }
  if (name.slice(0, -1) !== region || !/[a-z]$/.test(name)) {
    return `is no availability zone of ${region}; write '${region}a' or the like`;
  }
  // Nobody knows the zones of a region that the tables lack.
  const zones = zonesOf(region);
  return zones.includes(name) || !regions.includes(region)
    ? undefined
    : `is no availability zone of ${region}, whose zones are ${zones.join(", ")}; ${wayOut}`;
}

function typeProblem(type: string): string | undefined {
  if (isKnownType(type)) {
    return undefined;
  }
  const [family = ""] = type.split(".");
  const sizes = sizesOf(family);
  if (sizes.length > 0) {
    return `is no instance type of EC2, whose ${family} has the sizes ${sizes.join(", ")}; ${wayOut}`;
  }
  const rule = `is of no family of instance types that EC2 had in ${tablesDate}; ${wayOut}`;
  return withSuggestion(rule, family, Object.keys(sizesOfFamilies));
}
