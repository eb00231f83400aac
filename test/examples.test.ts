import { readdirSync } from "node:fs";

import { stackName, stackParts } from "../platform/parts";
import { checkSettings } from "../schema/settings";
import { defineStacks } from "../stacks/platform";
import { inApp } from "./support/define";
import { examples } from "./support/examples";

test("every file in examples/ is tested here", () => {
  expect(readdirSync("examples").sort()).toEqual(Object.keys(examples).sort());
});

/** Stacks of an example beside the three of each cluster. */
const others: Readonly<Record<string, readonly string[]>> = { "hcp-terraform.ts": ["acme-workspaces"] };

test.each(Object.entries(examples))(
  "%s gives three stacks for each of its clusters, and no warning",
  (example, settings) => {
    const { clusters, problems, warnings } = checkSettings(settings);

    expect([...problems, ...warnings]).toEqual([]);

    const files = inApp((app) => {
      defineStacks(app, clusters);
    });

    expect(Object.keys(files).sort()).toEqual(
      [
        "manifest.json",
        ...[
          ...(others[example] ?? []),
          ...settings.flatMap(({ name }) => stackParts.map((part) => stackName(name, part))),
        ].map((stack) => `stacks/${stack}/cdk.tf.json`),
      ].sort(),
    );
  },
);
