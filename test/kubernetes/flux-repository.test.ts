import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { checkFluxRepository, type FluxRepositoryCheck } from "../../rehearsal/flux-repository/check";
import { processesIn } from "../../rehearsal/kubernetes/processes";
import { releaseNamed } from "../../releases/all";
import { checkSettings } from "../../schema/settings";
import { clusters } from "../../settings";
import { fluxManifests } from "../support/manifests";

const [cluster] = checkSettings(clusters).clusters;
const work = mkdtempSync(join(tmpdir(), "flux-repository-"));

afterAll(() => rmSync(work, { recursive: true }));

/** Has files of a checkout checked, by their paths. */
async function checked(name: string, files: Readonly<Record<string, string>>): Promise<FluxRepositoryCheck> {
  if (cluster === undefined) {
    throw new Error("settings.ts has no cluster");
  }
  const repository = join(work, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  const folder = join(work, `${name}-check`);
  mkdirSync(folder);
  const { signal } = new AbortController();
  const check = await checkFluxRepository({ cluster, repository, folder, signal });
  expect(processesIn(join(folder, "kubernetes"))).toEqual([]);
  return check;
}

/** A Flux Kustomization of a path of the repository. */
function kustomization(path: string, more: object = {}): string {
  const sourceRef = { kind: "GitRepository", name: "flux-system" };
  return JSON.stringify({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: path.replaceAll("/", "-"), namespace: "flux-system" },
    spec: { interval: "5m", prune: true, path: `./${path}`, sourceRef, ...more },
  });
}

function object(apiVersion: string, kind: string, more: object = {}, namespace = "web"): string {
  return JSON.stringify({ apiVersion, kind, metadata: { name: "one", namespace }, ...more });
}

const sample = cluster?.name ?? "";
const home = `clusters/${sample}`;
const widgets = JSON.stringify({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.com" },
  spec: {
    group: "example.com",
    names: { kind: "Widget", plural: "widgets" },
    scope: "Namespaced",
    versions: [
      {
        ...{ name: "v1", served: true, storage: true },
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { spec: { type: "object", properties: { size: { type: "integer" } } } },
          },
        },
      },
    ],
  },
});

describe("what Terraform commits", () => {
  test("is taken as it is, with the variables of the cluster", async () => {
    const files = {
      ...fluxManifests(),
      [`${home}/many.yaml`]: Array.from({ length: 1_000 }, (_, index) =>
        JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: `c${index}`, namespace: "many" } }),
      ).join("\n---\n"),
    };
    const { text, hasRefusals } = await checked("good", files);

    expect(text).toMatch(/\n10\d\d objects taken, 0 refused, 0 warnings, 1 not judged\n$/);
    expect(hasRefusals).toBe(false);
  });
});

describe("of a checkout with mistakes", () => {
  let check: FluxRepositoryCheck;

  beforeAll(async () => {
    check = await checked("bad", {
      [`${home}/broken.yaml`]: "a: [",
      [`${home}/no-object.yaml`]: "a: 1",
      [`${home}/empty.yaml`]: "# nothing\n",
      [`${home}/old.yaml`]: [
        object("storage.k8s.io/v1alpha1", "VolumeAttributesClass"),
        object("extensions/v1beta1", "Ingress"),
        object("helm.toolkit.fluxcd.io/v2beta1", "HelmRelease"),
        object("resource.k8s.io/v1", "NoSuchKind"),
        object("v1", "Endpoints", { subsets: [] }),
      ].join("\n---\n"),
      [`${home}/others.yaml`]: object("monitoring.coreos.com/v1", "ServiceMonitor"),
      [`${home}/widgets.yaml`]: [widgets, object("example.com/v1", "Widget", { spec: { size: "big" } })].join(
        "\n---\n",
      ),
      [`${home}/apps.yaml`]: [
        kustomization("apps/overlay", { targetNamespace: "shop", postBuild: { substitute: { number: "70000" } } }),
        kustomization("apps/secret", { postBuild: { substituteFrom: [{ kind: "Secret", name: "tokens" }] } }),
        kustomization("apps/overlay", {
          targetNamespace: "shop-2",
          postBuild: { substitute: { number: "80000" } },
        }).replace("apps-overlay", "second"),
        kustomization("apps/gone"),
        kustomization("elsewhere", { sourceRef: { kind: "GitRepository", name: "other" } }),
      ].join("\n---\n"),
      "apps/base/kustomization.yaml": "resources: [service.yaml]\n",
      "apps/base/service.yaml":
        "apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec:\n  ports:\n  - port: ${number}\n",
      "apps/overlay/kustomization.yaml": "resources: [../base]\nnamePrefix: my-\n",
      "apps/secret/all.yaml": [
        object("v1", "ConfigMap", { data: { token: "${token}" } }),
        object("v1", "Secret", { stringData: { a: "ENC[]" }, sops: { version: "3" } }),
      ].join("\n---\n"),
    });
  });

  /** The lines about a thing. */
  const said = (heading: string, file: string, name: string) =>
    new RegExp(`^${heading}  ${file}${name && `  ${name}`}\\n  (.*)$`, "m").exec(check.text)?.[1] ?? check.text;

  test("the exit code will say that something is refused", () => {
    expect(check.hasRefusals).toBe(true);
  });

  test("a file that is no YAML is refused, and one that holds no object", () => {
    expect(said("refused", `${home}/broken.yaml`, "")).toMatch(/^is no YAML: .* at line \d+, column \d+$/);
    expect(said("refused", `${home}/no-object.yaml`, "")).toBe(
      "holds something that has no apiVersion, kind or metadata",
    );
    expect(check.text).not.toContain("empty.yaml");
  });

  test("an API that this Kubernetes has no more is refused, with the one that it has", () => {
    const of = (kind: string) => said("refused", `${home}/old.yaml`, `${kind} web/one`);

    expect(of("VolumeAttributesClass")).toBe(
      "VolumeAttributesClass is served as storage.k8s.io/v1, and not as storage.k8s.io/v1alpha1",
    );
    expect(of("Ingress")).toBe("Ingress is served as networking.k8s.io/v1, and not as extensions/v1beta1");
    expect(of("NoSuchKind")).toBe(
      `Kubernetes ${releaseNamed(cluster?.release ?? "").kubernetes.version} has no NoSuchKind of resource.k8s.io/v1`,
    );
  });

  test("a version that a definition of the release has no more is refused", () => {
    expect(said("refused", `${home}/old.yaml`, "HelmRelease web/one")).toContain(
      "and not as helm.toolkit.fluxcd.io/v2beta1",
    );
  });

  test("what is deprecated is taken with a warning", () => {
    expect(said("warning", `${home}/old.yaml`, "Endpoints web/one")).toMatch(/^v1 Endpoints is deprecated in v1\.33/);
  });

  test("a kind that nobody has brought is not judged", () => {
    expect(said("not judged", `${home}/others.yaml`, "ServiceMonitor web/one")).toContain(
      "neither the release nor the checkout",
    );
  });

  test("a kind that the checkout brings is judged by its definition", () => {
    expect(said("refused", `${home}/widgets.yaml`, "Widget web/one")).toContain(".spec.size: expected numeric");
  });

  test("an overlay is built as Flux builds it, with its namespace and its variables, and its file is named", () => {
    expect(said("refused", "apps/base/service.yaml", "Service shop/my-shop")).toMatch(/port: Invalid value: 70000: /);
  });

  test("a path that two Kustomizations name is built for each", () => {
    expect(said("refused", "apps/base/service.yaml", "Service shop-2/my-shop")).toMatch(/port: Invalid value: 80000: /);
  });

  test("a path that the checkout has not is refused", () => {
    expect(said("refused", `${home}/apps.yaml`, "Kustomization flux-system/apps-gone")).toContain("the path apps/gone");
  });

  test("what another repository brings is not judged", () => {
    expect(said("not judged", `${home}/apps.yaml`, "Kustomization flux-system/elsewhere")).toContain(
      "GitRepository flux-system/other",
    );
  });

  test("an object that needs a variable of a Secret, and an encrypted one, are not judged", () => {
    expect(said("not judged", "apps/secret/all.yaml", "ConfigMap web/one")).toBe(
      "needs ${token}, of Secret flux-system/tokens, not in the checkout",
    );
    expect(said("not judged", "apps/secret/all.yaml", "Secret web/one")).toBe("is encrypted by SOPS");
  });
});
