import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { runChecks } from "../../../../operations/verify/check";
import { fluxSource } from "../../../../operations/verify/checks/flux-source";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const settings = cluster();
const { owner, name, branch } = settings.repository;
const url = `ssh://git@github.com/${owner}/${name}`;

interface Given {
  readonly url?: string;
  readonly ref?: object;
  readonly path?: string;
  readonly source?: string;
}

async function looked(given: Given, isThere = true) {
  const metadata = { name: "flux-system", namespace: "flux-system" };
  const { path = `./clusters/${settings.name}`, source = "flux-system" } = given;
  const repository: ClusterObject = { metadata, spec: { url: given.url ?? url, ref: given.ref ?? { branch } } };
  const kustomization: ClusterObject = { metadata, spec: { path, sourceRef: { name: source } } };
  const snapshot: Partial<Snapshot> = {
    settings,
    customObjects: async (resource) => {
      const object = resource.startsWith("git") ? repository : kustomization;
      return isThere ? [object] : [];
    },
  };
  return (await runChecks([fluxSource], snapshot as Snapshot))[0];
}

test.each<Given>([
  {},
  { url: `${url}.git` },
  { url: `https://github.com/${owner}/${name}` },
  { path: `clusters/${settings.name}/` },
])("the repository, branch and folder of settings.ts hold, however they are written: %j", async (given) => {
  expect(await looked(given)).toMatchObject({
    state: "holds",
    found: `clusters/${settings.name} on ${branch} of ${owner}/${name}`,
  });
});

test.each<[Given, string]>([
  [{ url: "ssh://git@github.com/stranger/things" }, "it is the repository ssh://git@github.com/stranger/things"],
  [{ url: `https://example.com/${owner}/${name}` }, "it is the repository https://example.com"],
  [{ ref: { branch: "other" } }, "it is the branch other"],
  [{ ref: { branch, commit: "abc" } }, "it is the commit abc"],
  [{ ref: { tag: "v1" } }, "it is the tag v1"],
  [{ ref: {} }, "it is the default branch"],
  [{ path: "./elsewhere" }, "it is the folder ./elsewhere"],
  [{ source: "other" }, "it is the source other"],
])("%j is broken: %s", async (given, problem) => {
  expect(await looked(given)).toMatchObject({ state: "broken", found: expect.stringContaining(problem) });
});

test("where nothing is followed, it could not be asked", async () => {
  expect((await looked({}, false))?.state).toBe("could not ask");
});
