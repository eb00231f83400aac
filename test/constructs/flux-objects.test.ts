import { parseAllDocuments } from "yaml";

import { karpenterObjects, syncObjects, yamlText } from "../../constructs/flux-objects";
import { GitRepository } from "../../constructs/git-repository";
import { clusterVariablesName, fluxNamespace } from "../../platform/names";
import { define } from "../support/define";

function sync(access: "deploy-key" | "public") {
  let objects: object[] = [];
  define((stack) => {
    const repository = new GitRepository(stack, "repository", {
      clusterName: "demo",
      owner: "acme",
      name: "clusters",
      branch: "live",
      mode: "existing",
      access,
    });
    objects = syncObjects("demo", repository);
  });
  return objects;
}

test("Flux follows the branch that the files are committed to, in the folder of its cluster", () => {
  const [source, kustomization] = sync("deploy-key");

  expect(source).toHaveProperty("spec.ref", { branch: "live" });
  expect(kustomization).toHaveProperty("spec.path", "./clusters/demo");
});

test("a private repository is read with the key in Flux's Secret, a public one with none", () => {
  expect(sync("deploy-key")[0]).toHaveProperty("spec.secretRef", { name: "flux-system" });
  expect(sync("public")[0]).not.toHaveProperty("spec.secretRef");
});

test("every Kustomization reads the one source", () => {
  const [source, root] = sync("public");

  for (const kustomization of [root, ...karpenterObjects("demo")]) {
    expect(kustomization).toMatchObject({
      metadata: { namespace: fluxNamespace },
      spec: { sourceRef: { kind: "GitRepository", name: expect.stringMatching(/^flux-system$/) } },
    });
  }
  expect(source).toHaveProperty("metadata.name", "flux-system");
});

test("node pools come after Karpenter, and are gone before it goes", () => {
  const [karpenter, nodePools] = karpenterObjects("demo");

  expect(karpenter).toMatchObject({ metadata: { name: "karpenter" }, spec: { wait: true } });
  expect(nodePools).toMatchObject({
    spec: { dependsOn: [{ name: "karpenter" }], deletionPolicy: "WaitForTermination" },
  });
});

test("a missing value stops Karpenter's installation, instead of being empty in it", () => {
  for (const kustomization of karpenterObjects("demo")) {
    expect(kustomization).toHaveProperty("spec.postBuild.substituteFrom", [
      { kind: "ConfigMap", name: clusterVariablesName },
    ]);
  }
});

test.each(
  "0X1F 0x1f 0B11 0b11 0O17 0o17 -0o17 0o1_7 +0X1F 017 1_000 1E3 1e3 .5 .INF .NaN Y y N no ON Off TRUE NULL ~ 2026-11-27 1:30".split(
    " ",
  ),
)("%s, which Kubernetes' YAML would take for something else, has quotes", (branch) => {
  const text = yamlText([{ branch }]);

  expect(text).toBe(`---\nbranch: "${branch}"\n`);
});

test.each("main 1m0s 10m0s v1.2 0X1G 0b12 env/1 a_b Yes-man clusters ./clusters/1demo".split(" "))(
  "%s, which all take for text, has none",
  (branch) => {
    expect(yamlText([{ branch }])).toBe(`---\nbranch: ${branch}\n`);
  },
);

test("text that YAML could take for something else reads back as it was", () => {
  const objects = [{ on: "yes", version: "1.10", time: "12:30", empty: "", long: "word ".repeat(50) }, { key: "# no" }];

  expect(parseAllDocuments(yamlText(objects)).map((document) => document.toJS())).toEqual(objects);
});
