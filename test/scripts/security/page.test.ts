import { projectFile } from "../../../constructs/project-files";
import { isAbout, readDispositions } from "../../../scripts/security/dispositions";
import { withDispositions } from "../../../scripts/security/page";

test("docs/security.md has the dispositions as they are; if not, run npm run docs", () => {
  const page = projectFile("docs/security.md");

  expect(withDispositions(page, readDispositions())).toBe(page);
});

test("a star stands for any characters, and nothing else for more than itself", () => {
  const [disposition] = readDispositions();
  const about = (resources: string[], resource: string) =>
    isAbout({ ...disposition, check: "CKV_X", resources } as typeof disposition & object, { check: "CKV_X", resource });

  expect(about(["*.kube-system.cilium"], "DaemonSet.kube-system.cilium")).toBe(true);
  expect(about(["*.kube-system.cilium"], "DaemonSet.kube-system.cilium-envoy")).toBe(false);
  expect(about(["aws_vpc.network"], "aws_vpc_network")).toBe(false);
});
