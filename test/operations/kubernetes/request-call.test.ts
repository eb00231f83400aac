import { callText, isRead } from "../../../operations/command/call";
import { requestCall } from "../../../operations/kubernetes/request-call";

const server = "https://0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com";

test.each([
  ["GET", "/api/v1/nodes", "list nodes"],
  ["GET", "/api/v1/nodes/ip-10-200-32-10", "get nodes"],
  ["GET", "/api/v1/namespaces", "list namespaces"],
  ["GET", "/api/v1/namespaces/karpenter", "get namespaces"],
  ["GET", "/api/v1/namespaces/kube-system/pods", "list pods in kube-system"],
  ["GET", "/api/v1/namespaces/kube-system/pods?watch=true", "watch pods in kube-system"],
  ["GET", "/api/v1/namespaces/kube-system/pods/cilium-x/log", "get pods/log in kube-system"],
  ["DELETE", "/apis/karpenter.sh/v1/nodepools/default", "delete nodepools.karpenter.sh"],
  ["DELETE", "/apis/karpenter.sh/v1/nodepools", "deletecollection nodepools.karpenter.sh"],
  ["PATCH", "/apis/apps/v1/namespaces/a/deployments/b", "patch deployments.apps in a"],
  ["GET", "/version", "get /version"],
])("%s %s is to %s", (method, path, text) => {
  expect(callText(requestCall(method, `${server}${path}`))).toBe(text);
});

test("of all that Kubernetes is asked to make, a review of one's own rights alone changes nothing", () => {
  const create = (path: string) => isRead(requestCall("POST", `${server}${path}`));

  expect(create("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")).toBe(true);
  expect(create("/apis/authorization.k8s.io/v1/subjectaccessreviews")).toBe(false);
  expect(create("/api/v1/namespaces/a/pods/b/eviction")).toBe(false);
});
