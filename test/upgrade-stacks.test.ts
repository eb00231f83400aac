import { stacksToApply } from "../operations/upgrade/commands";
import { stackChanges } from "../operations/upgrade/stack-changes";
import { stackParts } from "../platform/parts";
import { newestRelease, releases } from "../releases/all";
import type { Release } from "../releases/release";
import { middleRelease, olderRelease } from "./support/releases";
import { platform } from "./support/synth";

const pairs = releases.flatMap((from, index) =>
  releases.slice(index + 1).map((to) => ({ from, to, name: `${from.name} to ${to.name}` })),
);

/** Addresses whose configuration differs between two releases, as Terraform plans it: what it is told to ignore does not. */
function changedBySynth(from: Release, to: Release): string[] {
  const [before, after] = [from, to].map(({ name }) => platform({ release: name }));
  return stackParts.flatMap((part) => {
    const resources = Object.entries(after?.[part].resource ?? {}).flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([name, block]) => ({ type, name, block })),
    );
    return resources
      .filter(({ type, name, block }) => {
        const old = before?.[part].resource[type]?.[name];
        return planned(old) !== planned(block);
      })
      .map(({ type, name }) => `${part} ${type}.${name}`);
  });
}

function planned(block: Record<string, unknown> | undefined): string {
  const { lifecycle, ...rest } = block ?? {};
  const ignored = (lifecycle as { ignore_changes?: string[] } | undefined)?.ignore_changes ?? [];
  return JSON.stringify(Object.fromEntries(Object.entries(rest).filter(([name]) => !ignored.includes(name))));
}

test.each(pairs)("what upgrade says of plans from $name is what synth changes", ({ from, to }) => {
  const said = stackChanges(from, to).map(({ stack, address }) => `${stack} ${address}`);
  // Its release_version is what the data source reads, which only a plan knows.
  const rolled = said.filter((one) => one === "bootstrap aws_eks_node_group.system");
  const found = changedBySynth(from, to);

  expect(said.sort()).toEqual([...new Set([...found, ...rolled])].sort());
});

test("only the stacks that change are applied, and all of them for other providers", () => {
  const aws = { ...newestRelease.providers.aws, version: "6.99.0" };
  const others = { ...newestRelease, providers: { ...newestRelease.providers, aws } };

  expect(stacksToApply(olderRelease, newestRelease)).toEqual(["cluster", "bootstrap"]);
  expect(stacksToApply({ ...newestRelease, karpenter: middleRelease.karpenter }, newestRelease)).toEqual(["bootstrap"]);
  expect(stacksToApply(newestRelease, others)).toEqual(stackParts);
  expect(stacksToApply(newestRelease, newestRelease)).toEqual([]);
});
