import { definitionsEntry } from "../../../rehearsal/kubernetes/definitions";
import { kubelab } from "../../../rehearsal/kubernetes/kubelab";
import { pinOf, upstreamPins } from "../../../rehearsal/setup/upstream-files";
import { newestRelease } from "../../../releases/all";
import { versionsOf } from "../../../releases/release";

const versions = versionsOf(newestRelease);

test("charts and CustomResourceDefinitions are of the versions that the platform has", () => {
  const of = (module: string) => pinOf({ module, pinnedIn: upstreamPins }).version;

  expect(of("github.com/cilium/cilium")).toBe(`v${versions.cilium}`);
  expect(of("github.com/aws/karpenter-provider-aws")).toBe(`v${versions.karpenter}`);
});

test("the control plane is of the platform's Kubernetes version", () => {
  const { version } = pinOf({ module: "k8s.io/kubernetes", pinnedIn: kubelab.folder });

  expect(version.startsWith(`v${versions.kubernetes}.`)).toBe(true);
});

test("a module's hash decides where its files are kept", () => {
  const { hash } = pinOf({ module: "github.com/cilium/cilium", pinnedIn: upstreamPins });

  expect(definitionsEntry.decidedBy.join()).toContain(hash);
});

test("a module that nobody has pinned is refused", () => {
  expect(() => pinOf({ module: "github.com/cilium/hubble", pinnedIn: upstreamPins })).toThrow("does not pin");
});
