import { readFileSync } from "node:fs";

import { definitionsFolder } from "../../rehearsal/kubernetes/definitions";
import { type ApiServer, startApiServer } from "../support/api-server";
import { type Manifest, objectsOf } from "../support/manifests";

const [, manifests = ""] = /^```yaml\n(.*?)^```/ms.exec(readFileSync("docs/run-task.md", "utf8")) ?? [];

let server: ApiServer;

beforeAll(async () => {
  server = await startApiServer();
  server.kubectl(["apply", "--server-side", "--filename", await definitionsFolder("cilium")]);
  const [namespace] = objectsOf(manifests);
  server.apply(namespace as Manifest);
  // Controllers would make the account, where they run.
  const account = { name: "default", namespace: "plan-review" };
  server.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: account });
});

afterAll(() => server.stop());

test("the API server takes what docs/run-task.md has Flux apply", () => {
  expect(server.dryRun(manifests)).toEqual(
    [
      "namespace/plan-review",
      "deployment.apps/plan-review",
      "service/plan-review",
      "ingress.networking.k8s.io/plan-review",
      "ciliumnetworkpolicy.cilium.io/plan-review",
    ].map((object) => `${object} serverside-applied (server dry run)`),
  );
});

test("its namespace, which is restricted, takes its pod", () => {
  const deployment = objectsOf(manifests).find(({ kind }) => kind === "Deployment");
  const spec = deployment?.spec.template.spec;
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "plan-review", namespace: "plan-review" }, spec };

  expect(server.dryRun(JSON.stringify(pod))).toEqual(["pod/plan-review serverside-applied (server dry run)"]);
});
