import type { Release } from "./release";

/** The providers of all releases so far. AWS and GitHub are later than their bindings, of the same major version. */
export const providers: Release["providers"] = {
  aws: { source: "hashicorp/aws", version: "6.34.0" },
  github: { source: "integrations/github", version: "6.13.0" },
  helm: { source: "hashicorp/helm", version: "3.1.1" },
  kubernetes: { source: "hashicorp/kubernetes", version: "2.38.0" },
  tls: { source: "hashicorp/tls", version: "4.0.4" },
};
