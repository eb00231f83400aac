import { readFileSync } from "node:fs";

import { sizesOfFamilies } from "../../schema/aws/instance-types";
import { regions } from "../../schema/aws/regions";
import { zonesOf } from "../../schema/aws/zones";
import { partitionOf } from "../../schema/region";
import { instanceTypesSource, regionsSource, sdkInstanceTypes, sdkRegions } from "../../scripts/aws-tables";

test("the tables are what the installed SDK says; `npm run tables` writes them", () => {
  expect(regions).toEqual(sdkRegions());
  expect(sizesOfFamilies).toEqual(
    Object.fromEntries(Object.entries(sdkInstanceTypes()).map(([family, sizes]) => [family, sizes.join(" ")])),
  );
});

test("the files are what the script writes", () => {
  expect(readFileSync("schema/aws/regions.ts", "utf8")).toBe(regionsSource());
  expect(readFileSync("schema/aws/instance-types.ts", "utf8")).toBe(instanceTypesSource());
});

test("the SDK's tables are read whole", () => {
  expect(regions.length).toBeGreaterThanOrEqual(40);
  expect(new Set(regions.map(partitionOf))).toEqual(new Set(["aws", "aws-cn", "aws-us-gov"]));
  expect(regions.filter((region) => /^(?:us-iso|eu-iso|eusc)/.test(region))).toEqual([]);
  expect(Object.keys(sizesOfFamilies).length).toBeGreaterThanOrEqual(40);
});

test("every region has three zones at least, as AWS promises, and none more than six", () => {
  expect(regions.filter((region) => zonesOf(region).length < 3 || zonesOf(region).length > 6)).toEqual([]);
});
