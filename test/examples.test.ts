import { readdirSync } from "node:fs";

import { stackName, stackParts } from "../platform/parts";
import { checkSettings } from "../schema/settings";
import { definePlatform } from "../stacks/platform";
import { inApp } from "./support/define";
import { examples } from "./support/examples";

test("every file in examples/ is tested here", () => {
  expect(readdirSync("examples").sort()).toEqual(Object.keys(examples).sort());
});

test.each(Object.entries(examples))("%s gives three stacks for each of its clusters, and no warning", (_, settings) => {
  const { clusters, problems, warnings } = checkSettings(settings);

  expect([...problems, ...warnings]).toEqual([]);

  const files = inApp((app) => {
    for (const cluster of clusters) {
      definePlatform(app, cluster);
    }
  });

  expect(Object.keys(files).sort()).toEqual(
    [
      "manifest.json",
      ...settings.flatMap(({ name }) => stackParts.map((part) => `stacks/${stackName(name, part)}/cdk.tf.json`)),
    ].sort(),
  );
});
