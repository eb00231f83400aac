import { finders, neverInTheWay } from "../../../../operations/repair/finders/all";
import { platforms } from "../../../support/platforms";
import { platform } from "../../../support/synth";

const types = new Set(
  Object.values(platforms)
    .flatMap((settings) => Object.values(platform(settings)))
    .flatMap(({ resource }) => Object.keys(resource)),
);

test("every type of the stacks is looked for, or never in the way for a reason", () => {
  const known = [...Object.keys(finders), ...Object.keys(neverInTheWay)];

  expect(types.size).toBeGreaterThan(40);
  expect([...types].sort()).toEqual([...new Set(known)].sort());
  expect(known).toHaveLength(new Set(known).size);
});

test("what each apply makes another one of has no name that AWS would take but once", () => {
  const anew = Object.entries(neverInTheWay).filter(([, reason]) => reason.startsWith("each apply makes another one"));
  const named = Object.values(platforms)
    .flatMap((settings) => Object.values(platform(settings)))
    .flatMap(({ resource }) => anew.flatMap(([type]) => Object.values(resource[type] ?? {})))
    .filter(({ name }) => name !== undefined);

  expect(anew.length).toBeGreaterThan(3);
  expect(named).toEqual([]);
});

test("files in the repository are written over, and a release that is there is taken over", () => {
  const { resource } = platform().bootstrap;
  const { cilium } = resource["helm_release"] ?? {};
  const files = Object.values(resource["github_repository_file"] ?? {});

  expect(files.filter(({ overwrite_on_create }) => overwrite_on_create !== true)).toEqual([]);
  expect(cilium).toMatchObject({ upgrade_install: true });
});
