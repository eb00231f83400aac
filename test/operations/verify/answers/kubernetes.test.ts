import type { V1Pod } from "@kubernetes/client-node";

import { connect } from "../../../../operations/connection";
import type { Kubernetes } from "../../../../operations/kubernetes/clients";
import { kubernetesAnswers } from "../../../../operations/verify/answers/kubernetes";
import { answersByQuestion } from "../../../../operations/verify/answers/once";
import { cluster } from "../../../support/settings";

const pod = (name: string, namespace: string, ready: boolean, phase = "Running"): V1Pod => ({
  metadata: { name, namespace },
  status: { phase, conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
});

/** A cluster whose API has these pages of pods. */
function paged(pages: readonly (readonly V1Pod[])[]) {
  const asked: unknown[] = [];
  const core: Partial<Kubernetes["core"]> = {
    listPodForAllNamespaces: async (request = {}) => {
      asked.push(request);
      const page = Number(request._continue ?? 0);
      // At its end, the API gives an empty token.
      const _continue = page + 1 < pages.length ? `${page + 1}` : "";
      return { items: [...(pages[page] ?? [])], metadata: { _continue } };
    },
  };
  const kubernetes = async () => ({ core }) as Kubernetes;
  const answers = kubernetesAnswers({ ...connect(cluster(), () => {}), kubernetes }, answersByQuestion());
  return { answers, asked };
}

const names = (pods: readonly V1Pod[]) => pods.map(({ metadata }) => metadata?.name);

test("all pods are read once, page by page, for whoever asks for some of them", async () => {
  const { answers, asked } = paged([
    [pod("agent", "kube-system", true), pod("web", "default", true), pod("stuck", "default", false)],
    [pod("operator", "kube-system", false), pod("job", "default", false, "Succeeded")],
    [pod("karpenter", "karpenter", true)],
  ]);

  expect(names(await answers.pods("kube-system"))).toEqual(["agent", "operator"]);
  expect(names(await answers.pods("karpenter"))).toEqual(["karpenter"]);
  expect(names(await answers.unreadyPods())).toEqual(["stuck", "operator"]);
  expect(asked).toEqual([{ limit: 200 }, { limit: 200, _continue: "1" }, { limit: 200, _continue: "2" }]);
});

test("of other pods those are kept that nobody makes again, or that are not to be disturbed, unless they have ended", async () => {
  const owned = (one: V1Pod, controller = true, annotations = {}): V1Pod => ({
    ...one,
    metadata: {
      ...one.metadata,
      annotations,
      ownerReferences: [{ apiVersion: "v1", kind: "x", name: "x", uid: "x", controller }],
    },
  });
  const kept = { "karpenter.sh/do-not-disrupt": "true" };
  const { answers } = paged([
    [
      pod("bare", "default", true),
      owned(pod("owned", "default", true)),
      owned(pod("mentioned", "default", true), false),
      owned(pod("kept", "default", true), true, kept),
      owned(pod("kept-no-more", "default", true), true, { "karpenter.sh/do-not-disrupt": "false" }),
      pod("done", "default", false, "Succeeded"),
      owned(pod("failed", "default", false, "Failed"), true, kept),
    ],
  ]);

  expect(names(await answers.podsWithoutController())).toEqual(["bare", "mentioned"]);
  expect(names(await answers.podsNotToDisrupt())).toEqual(["kept"]);
});

test("nodes are read page by page, without their images, of which each has dozens", async () => {
  const asked: unknown[] = [];
  const core: Partial<Kubernetes["core"]> = {
    listNode: async (request = {}) => {
      asked.push(request);
      const name = request._continue ?? "a";
      const items = [{ metadata: { name, managedFields: [] }, status: { images: [{ sizeBytes: 1 }], phase: "x" } }];
      return { items, metadata: name === "a" ? { _continue: "b" } : {} };
    },
  };
  const kubernetes = async () => ({ core }) as Kubernetes;
  const answers = kubernetesAnswers({ ...connect(cluster(), () => {}), kubernetes }, answersByQuestion());

  expect(await answers.nodes()).toEqual(["a", "b"].map((name) => ({ metadata: { name }, status: { phase: "x" } })));
  expect(asked).toEqual([{ limit: 200 }, { limit: 200, _continue: "b" }]);
});
