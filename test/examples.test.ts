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

/** What synth warns of in an example, since it is so of all such clusters. */
const warned: Readonly<Record<string, readonly RegExp[]>> = {
  "existing-network.ts": [/ network\.podSubnets: .*cilium\/cilium#43493/],
  "small-network.ts": [/ podCidr: .*cilium\/cilium#43493/],
};

test.each(Object.entries(examples))(
  "%s gives three stacks for each of its clusters, and no warning but a known one",
  (example, settings) => {
    const { clusters, problems, warnings } = checkSettings(settings);

    expect(problems).toEqual([]);
    expect(warnings).toEqual((warned[example] ?? []).map((text) => expect.stringMatching(text)));

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
