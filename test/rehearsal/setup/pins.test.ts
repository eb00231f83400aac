import { chartsEntry } from "../../../rehearsal/charts/charts";
import { definitionsEntry } from "../../../rehearsal/kubernetes/definitions";
import { kubelab, kubelabOf, kubelabs, newestMinor } from "../../../rehearsal/kubernetes/kubelab";
import { entryFolder } from "../../../rehearsal/setup/cache";
import { programEntry } from "../../../rehearsal/setup/go-program";
import { pinOf, upstreamPins } from "../../../rehearsal/setup/upstream-files";
import { newestRelease, releases } from "../../../releases/all";

test.each(releases)("charts and CustomResourceDefinitions of $name are of its versions", (release) => {
  const of = (module: string) => pinOf({ module, pinnedIn: upstreamPins(release) }).version;

  expect(of("github.com/cilium/cilium")).toBe(`v${release.cilium.version}`);
  expect(of("github.com/aws/karpenter-provider-aws")).toBe(`v${release.karpenter.version}`);
});

test.each(releases)("a world of $name can have a control plane of its Kubernetes", ({ kubernetes }) => {
  const { moduleFolder, folder } = kubelabOf(kubernetes.version);
  const { version } = pinOf({ module: "k8s.io/kubernetes", pinnedIn: moduleFolder ?? folder });

  expect(version.startsWith(`v${kubernetes.version}.`)).toBe(true);
});

test("the control plane that is built without being asked for is of the newest release's Kubernetes", () => {
  expect(newestMinor).toBe(newestRelease.kubernetes.version);
  expect(kubelabOf(newestMinor)).toBe(kubelab);
});

test("control planes of two minors are two programs", () => {
  const folders = [...kubelabs.values()].map((program) => entryFolder(programEntry(program)));

  expect(new Set(folders).size).toBe(kubelabs.size);
});

test("a minor of Kubernetes that nobody has pinned is refused, with those that there are", () => {
  expect(() => kubelabOf("1.12")).toThrow(`'1.12': there are ${newestMinor}, `);
});

test("a module's hash decides where its files are kept", () => {
  for (const release of releases) {
    const { hash } = pinOf({ module: "github.com/cilium/cilium", pinnedIn: upstreamPins(release) });

    for (const entry of [definitionsEntry(release), chartsEntry(release)]) {
      expect(entry.decidedBy.join()).toContain(hash);
    }
  }
});

test("a module that nobody has pinned is refused", () => {
  expect(() => pinOf({ module: "github.com/cilium/hubble", pinnedIn: upstreamPins(newestRelease) })).toThrow(
    "does not pin",
  );
});
