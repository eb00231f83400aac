import type { ReleaseParts } from "./release";

/**
 * What `npm run release` makes the next release of; no cluster has it. Renovate proposes versions here, since those of a release that
 * clusters have do not change (docs/releases.md).
 */
export const next: ReleaseParts = {
  kubernetes: {
    version: "1.36",
    released: "2026-06-02",
    supportedUntil: "2027-08-02",
    source: 'AWS, "Amazon EKS Kubernetes versions"; aws-samples/sample-apex-skills, calendar of 2026-08-06',
  },
  bottlerocket: {
    version: "1.68.1",
    released: "between 2026-10-13 and 2026-11-10",
    supportedUntil: "the next release: no release gets patches",
    source: "bottlerocket.dev, packages of 1.68.x",
  },
  cilium: {
    version: "1.20.2",
    released: "2026-09-15",
    supportedUntil: "Cilium 1.23.0: three minors are maintained",
    source: "cilium/cilium v1.20.2, README.rst and Documentation/contributing/release/organization.rst",
  },
  coreDns: {
    version: "v1.14.7-eksbuild.11",
    released: "October 2026",
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
    version: "1.14.3",
    released: "2026-10-23",
    supportedUntil: "Karpenter 1.15.0, which is there: fixes may still come, and nobody promises them",
    source: "aws/karpenter-provider-aws v1.14.3, SUPPORT.md",
  },
  providers: {
    aws: { source: "hashicorp/aws", version: "6.34.0" },
    github: { source: "integrations/github", version: "6.13.0" },
    helm: { source: "hashicorp/helm", version: "3.1.1" },
    kubernetes: { source: "hashicorp/kubernetes", version: "2.38.0" },
    tls: { source: "hashicorp/tls", version: "4.0.4" },
  },
};
