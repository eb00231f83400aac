import { notesOn } from "../../../rehearsal/change/notes";
import { newestRelease, releases } from "../../../releases/all";
import { rolloutsOf } from "../../../releases/rollouts";

const commit = { hash: "0123456789abcdef0123456789abcdef01234567" };
const fates = new Map([["demo", "changed"]] as const);

test("a cluster that gets another release has a sentence on what rolls", () => {
  const [from] = releases;
  const rollouts = rolloutsOf(from, newestRelease);
  const [, , upgrade] = notesOn(commit, fates, [{ cluster: "demo", from, to: newestRelease }]);

  expect(rollouts.filter((rollout) => !upgrade?.includes(rollout))).toEqual([]);
  expect(upgrade).toMatch(`demo goes from release ${from.name} to ${newestRelease.name}`);
});

test("a release in which nothing rolls says so, and a cluster that keeps its own has no such sentence", () => {
  const renamed = { ...newestRelease, name: "2099-01-01" };

  expect(notesOn(commit, fates, [{ cluster: "demo", from: newestRelease, to: renamed }])[2]).toMatch(/nothing\.$/);
  expect(notesOn(commit, fates, [])).toHaveLength(2);
});
