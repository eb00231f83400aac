import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { _InstanceType } from "@aws-sdk/client-ec2";

import { graviton } from "../schema/instance-types";

// Regions and instance types as the AWS SDK has them. It has no zones: their table, schema/aws/zones.ts, is written by hand.

/** Partitions that a cluster can stand in; the SDK lists those of governments and the European sovereign cloud, too. */
const partitions = ["aws", "aws-cn", "aws-us-gov"];

/** When the versions of the SDK were released that the tables were written from. */
const written = "November 2026";

/** Returns the regions of the three partitions. The SDK exports them to nobody, so they are read from its source. */
export function sdkRegions(): string[] {
  const client = createRequire(join(process.cwd(), "package.json")).resolve("@aws-sdk/core/client");
  const source = readFileSync(client, "utf8");
  const parts = source.split(/^ +"id": "(aws[\w-]*)",$/m);
  const regions = partitions.flatMap((partition) => {
    const part = parts[parts.indexOf(partition) + 1] ?? "";
    return [...part.matchAll(/^ +"([a-z]{2}(?:-[a-z]+)+-\d+)": \{$/gm)].map(([, region = ""]) => region);
  });
  return regions.sort();
}

/** Returns the sizes of each Graviton family of instance types, smallest first. */
export function sdkInstanceTypes(): Record<string, string[]> {
  const types = Object.values<string>(_InstanceType).filter((type) => graviton.test(type));
  const families = [...new Set(types.map((type) => type.split(".")[0] ?? ""))].sort();
  return Object.fromEntries(
    families.map((family) => {
      const sizes = types.filter((type) => type.startsWith(`${family}.`)).map((type) => type.slice(family.length + 1));
      return [family, sizes.sort((one, other) => rank(one) - rank(other))];
    }),
  );
}

const small = ["nano", "micro", "small", "medium", "large", "xlarge"];

function rank(size: string): number {
  if (size.startsWith("metal")) {
    return 1_000 + Number(/\d+/.exec(size)?.[0] ?? 0);
  }
  return small.includes(size) ? small.indexOf(size) : small.length + Number.parseInt(size, 10);
}

/** Returns the text of schema/aws/regions.ts. */
export function regionsSource(): string {
  const list = sdkRegions().map((region) => `  "${region}",\n`);
  return `${header("the partitions of @aws-sdk/core", "3.981.0")}
/** When the tables of this folder were written. */
export const tablesDate = "${written}";

/** Codes of the regions of AWS, AWS China and AWS GovCloud. */
export const regions: readonly string[] = [
${list.join("")}];
`;
}

/** Returns the text of schema/aws/instance-types.ts. */
export function instanceTypesSource(): string {
  const rows = Object.entries(sdkInstanceTypes()).map(([family, sizes]) => `  ${family}: "${sizes.join(" ")}",\n`);
  return `${header("the type InstanceType of @aws-sdk/client-ec2", "3.1169.0")}
/** Sizes of each Graviton family of instance types. */
export const sizesOfFamilies: Readonly<Record<string, string>> = {
${rows.join("")}};
`;
}

function header(source: string, version: string): string {
  return `// Written by \`npm run tables\` from ${source} ${version} (${written}).\n`;
}
