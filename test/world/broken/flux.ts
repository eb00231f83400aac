import { type BrokenStates, notReady, object } from "./state";

export const fluxStates: BrokenStates = {
  "a controller of Flux that is gone": {
    broken: object("deployment/helm-controller --namespace=flux-system", "gone"),
    lines: [/^broken +Flux's controllers +helm-controller: there is no Deployment/],
  },
  "a deploy key that GitHub does not take": {
    broken: object("gitrepository/flux-system --namespace=flux-system", {
      status: notReady("GitOperationFailed", "failed to checkout and determine revision: ssh: unable to authenticate"),
    }),
    lines: [/^broken +Git repository +flux-system\/flux-system: GitOperationFailed: .*unable to authenticate/],
  },
  "a source that is behind": {
    broken: object("gitrepository/flux-system --namespace=flux-system", {
      status: { artifact: { revision: `main@sha1:${"0".repeat(40)}` } },
    }),
    lines: [/^broken +head of the branch +main is at [0-9a-f]{7}, and the cluster has main@sha1:0000000/],
  },
  "Flux suspended": {
    broken: object("kustomization/flux-system --namespace=flux-system", { patch: { spec: { suspend: true } } }),
    lines: [/^broken +Kustomizations +flux-system\/flux-system is suspended/],
  },
  "a Kustomization that fails": {
    broken: object("kustomization/karpenter-nodepools --namespace=flux-system", {
      status: notReady("DependencyNotReady", "dependency 'flux-system/karpenter' is not ready"),
    }),
    lines: [/^broken +Kustomizations +flux-system\/karpenter-nodepools: DependencyNotReady/],
  },
  "a HelmRelease that fails": {
    broken: object("helmrelease/karpenter --namespace=karpenter", {
      status: notReady("InstallFailed", "Helm install failed: context deadline exceeded"),
    }),
    lines: [/^broken +HelmReleases +karpenter\/karpenter: InstallFailed/],
  },
  "a variable that is missing": {
    broken: object("configmap/cluster-variables --namespace=flux-system", {
      patch: { data: { karpenter_role_arn: null } },
    }),
    lines: [/^broken +variables of Flux +karpenter_role_arn is not set/],
  },
  "a variable of another cluster": {
    broken: object("configmap/cluster-variables --namespace=flux-system", {
      patch: { data: { cluster_endpoint: "https://other.example" } },
    }),
    lines: [/^broken +variables of Flux +cluster_endpoint is https:\/\/other\.example, and the cluster's is https:/],
  },
  "a controller of another version": {
    broken: object("deployment/source-controller --namespace=flux-system", {
      patch: { metadata: { labels: { "app.kubernetes.io/version": "v2.8.0" } } },
    }),
    lines: [/^broken +Flux's controllers +source-controller: v2\.8\.0, and platform\/versions\.ts says 2\.9\.\d+/],
  },
  "a change that its controller did not read": {
    broken: object("kustomization/karpenter --namespace=flux-system", { patch: { spec: { interval: "42m" } } }),
    lines: [/^broken +Kustomizations +flux-system\/karpenter was changed and not read since/],
  },
  "a Kustomization that somebody deleted": {
    broken: object("kustomization/karpenter --namespace=flux-system", "gone"),
    lines: [/^broken +Kustomizations +there is no Kustomization flux-system\/karpenter/],
  },
};
