import { providers } from "./providers";
import type { Release } from "./release";

export const release: Release = {
  name: "2026-10-05",
  kubernetes: {
    version: "1.36",
    released: "2026-06-02",
    supportedUntil: "2027-08-02",
    source: 'AWS, "Amazon EKS Kubernetes versions"; aws-samples/sample-apex-skills, calendar of 2026-08-06',
  },
  bottlerocket: {
    version: "1.66.0",
    released: "2026-09-22",
    supportedUntil: "the next release: no release gets patches",
    source: "bottlerocket-os/bottlerocket#4947",
  },
  cilium: {
    version: "1.20.2",
    released: "2026-09-15",
    supportedUntil: "Cilium 1.23.0: three minors are maintained",
    source: "cilium/cilium v1.20.2, README.rst and Documentation/contributing/release/organization.rst",
  },
  coreDns: {
    version: "v1.14.6-eksbuild.4",
    released: "before 2026-10-05",
    supportedUntil: "the end of its Kubernetes' support",
    source: "aws eks describe-addon-versions --addon-name coredns --kubernetes-version 1.36",
  },
  flux: {
    version: "2.9.5",
    released: "2026-08-31",
    supportedUntil: "Flux 2.12.0: three minors are supported",
    source: 'fluxcd/flux2, release v2.9.5; fluxcd.io, "Supported releases"',
  },
  karpenter: {
    version: "1.14.1",
    released: "2026-08-21",
    supportedUntil: "Karpenter 1.15.0, which is there: fixes may still come, and nobody promises them",
    source: "aws/karpenter-provider-aws v1.14.1, SUPPORT.md",
  },
  providers,
};
