import { readFileSync } from "node:fs";

import { addressPlan, podPlan } from "../constructs/address-plan";
import { nodesPerZone } from "../schema/address-room";
import { defaultEndpoints } from "../schema/endpoints";

const page = readFileSync("docs/pod-addresses.md", "utf8");
const zones = ["eu-central-1a", "eu-central-1b"];
const maskOf = (cidr = "") => `/${cidr.split("/")[1]}`;

/** Rows of the table below a heading, as texts of their cells. */
function rows(heading: string): string[][] {
  const table = page.slice(page.indexOf(`| \`${heading}\` |`)).split("\n\n")[0] ?? "";
  return table
    .split("\n")
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test("the page says of each size of a VPC how large its private subnets are, and how many nodes fit", () => {
  const found = rows("cidrBlock").map(([mask = ""]) => {
    const cidrBlock = `10.0.0.0${mask}`;
    const nodes = (podCidr?: string) => nodesPerZone({ cidrBlock, endpoints: defaultEndpoints, podCidr });
    return [
      mask,
      maskOf(addressPlan(cidrBlock, zones)[0]?.private),
      String(nodes() || "none"),
      // No block of pods is larger.
      String(nodes("100.64.0.0/16")),
    ];
  });

  expect(found).toHaveLength(9);
  expect(rows("cidrBlock")).toEqual(found);
});

test("the page says of each size of a block for pods how large its subnets are, and how many nodes fit", () => {
  const found = rows("podCidr").map(([mask = ""]) => {
    const podCidr = `100.64.0.0${mask}`;
    return [
      mask,
      maskOf(podPlan(podCidr, zones)[0]?.cidrBlock),
      String(nodesPerZone({ cidrBlock: "10.0.0.0/16", endpoints: [], podCidr })),
    ];
  });

  expect(found).toHaveLength(5);
  expect(rows("podCidr")).toEqual(found);
});
