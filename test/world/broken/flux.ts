import { demoRelease } from "../../../rehearsal/life/demo-settings";
import { condition, minutesAgo } from "../../../rehearsal/world/objects/status";
import { versionsOf } from "../../../releases/release";
import { type BrokenStates, notReady, object } from "./state";

const versions = versionsOf(demoRelease);

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
  "Flux on another repository": {
    broken: object("gitrepository/flux-system --namespace=flux-system", {
      patch: { spec: { url: "ssh://git@github.com/stranger/things" } },
      status: { observedGeneration: 1_000 },
    }),
    lines: [
      /^broken +what Flux follows +it is the repository ssh:\/\/git@github\.com\/stranger\/things, and settings\.ts/,
    ],
  },
  "Flux on another branch": {
    broken: object("gitrepository/flux-system --namespace=flux-system", {
      patch: { spec: { ref: { branch: "other" } } },
      status: { observedGeneration: 1_000 },
    }),
    lines: [/^broken +what Flux follows +it is the branch other, and settings\.ts names the branch main/],
  },
  "Flux in another folder": {
    broken: object("kustomization/flux-system --namespace=flux-system", {
      patch: { spec: { path: "./elsewhere" } },
      status: { observedGeneration: 1_000 },
    }),
    lines: [
      /^broken +what Flux follows +it is the folder \.\/elsewhere, and the platform's is clusters\/demo-k8s-cilium/,
    ],
  },
  "an OCIRepository suspended": {
    broken: object("ocirepository/karpenter --namespace=karpenter", { patch: { spec: { suspend: true } } }),
    lines: [/^broken +OCI repositories +karpenter\/karpenter is suspended/],
  },
  "a Kustomization that is being deleted": {
    broken: object("kustomization/karpenter --namespace=flux-system", "going"),
    lines: [/^broken +Kustomizations +flux-system\/karpenter is being deleted, for \d+ s/],
  },
  "a HelmRelease that is stalled": {
    broken: object("helmrelease/karpenter --namespace=karpenter", {
      status: {
        conditions: [
          condition("Ready", "True", "InstallSucceeded"),
          condition("Stalled", "True", "RetriesExceeded", "failed to upgrade after 3 attempts"),
        ],
      },
    }),
    lines: [/^broken +HelmReleases +karpenter\/karpenter is stalled: RetriesExceeded: failed to upgrade/],
  },
  "a HelmRelease in progress for ten hours": {
    broken: object("helmrelease/karpenter --namespace=karpenter", {
      status: {
        conditions: [
          { ...condition("Ready", "Unknown", "Progressing", "Running"), lastTransitionTime: minutesAgo(600) },
        ],
      },
    }),
    lines: [/^broken +HelmReleases +karpenter\/karpenter has been in progress for 10 h: Progressing: Running/],
  },
  "variables that name another queue": {
    broken: object("configmap/cluster-variables --namespace=flux-system", {
      patch: { data: { karpenter_queue_name: "other-karpenter" } },
    }),
    lines: [
      /^broken +variables of Flux +karpenter_queue_name is other-karpenter, and the cluster's is demo-k8s-cilium-k/,
    ],
  },
  "variables that name another role": {
    broken: object("configmap/cluster-variables --namespace=flux-system", {
      patch: { data: { karpenter_role_arn: "arn:aws:iam::111122223333:role/other" } },
    }),
    lines: [
      /^broken +variables of Flux +karpenter_role_arn is arn:aws:iam::111122223333:role\/other, and the cluster's is/,
    ],
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
    lines: [
      new RegExp(
        `^broken +Flux's controllers +source-controller: v2\\.8\\.0, and release ${demoRelease.name} has ${versions.flux}`,
      ),
    ],
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
