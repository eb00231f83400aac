import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { type ClusterVariable, clusterVariablesName, fluxNamespace } from "../platform/names";
import { FluxInstallation } from "./flux-installation";
import { syncObjects, yamlText } from "./flux-objects";
import type { DeployKey, GitRepository } from "./git-repository";

export interface FluxProps {
  readonly clusterName: string;

  /** With which Flux is installed first, without `v`. */
  readonly version: string;

  readonly repository: GitRepository;

  /** Values that files in the repository use and only AWS knows. */
  readonly variables: Readonly<Record<ClusterVariable, string>>;

  /** DNS, without which Flux's pods find no service. */
  readonly dns: ITerraformDependable;
}

/** GitHub's SSH host keys (api.github.com/meta, `ssh_keys`). */
const knownHosts = [
  "github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
  "github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=",
];

/**
 * Flux, following the repository. Terraform owns what Flux cannot have in Git: the namespace, the key, the variables and the first
 * installation; from then on Flux keeps itself.
 */
export class Flux extends Construct {
  /** To depend on before there is a file that uses a variable: Flux puts nothing where it finds none (Flux, "Kustomization"). */
  readonly variables: ConfigMapV1;

  private readonly secrets: readonly SecretV1[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FluxProps,
  ) {
    super(scope, id);
    const { repository, variables, dns } = props;

    const namespace = new NamespaceV1(this, "Namespace", {
      metadata: { name: fluxNamespace },
      // It comes after DNS, so that on destroy it is emptied while its finalizers still have pods to run them.
      dependsOn: [dns],
      // Flux adds some of its own.
      lifecycle: { ignoreChanges: ["metadata[0].annotations", "metadata[0].labels"] },
    });
    this.variables = new ConfigMapV1(this, "variables", {
      metadata: {
        name: clusterVariablesName,
        namespace: fluxNamespace,
        // Kustomizations are reconciled when it changes, not at the end of their interval.
        labels: { "reconcile.fluxcd.io/watch": "Enabled" },
      },
      data: variables,
      dependsOn: [namespace],
    });
    this.secrets = repository.credentials ? [this.gitSecret(repository.credentials, namespace)] : [];
  }

  /** Defines the first installation, which comes after the files that Flux then reads. */
  install(files: readonly ITerraformDependable[]): void {
    const { clusterName, version, repository } = this.props;
    new FluxInstallation(this, "installation", {
      version,
      sync: yamlText(syncObjects(clusterName, repository)),
      dependsOn: [this.variables, ...this.secrets, ...files],
    });
  }

  private gitSecret({ keyPair, registration }: DeployKey, namespace: NamespaceV1): SecretV1 {
    return new SecretV1(this, "Secret", {
      metadata: { name: fluxNamespace, namespace: fluxNamespace },
      dataWo: {
        identity: keyPair.privateKeyOpenssh,
        "identity.pub": keyPair.publicKeyOpenssh,
        known_hosts: knownHosts.join("\n"),
      },
      // Without a revision the Secret stays empty; and since nothing else of a write-only value is compared, a new key replaces it.
      dataWoRevision: 1,
      dependsOn: [namespace, registration],
      lifecycle: { replaceTriggeredBy: [`${keyPair.terraformResourceType}.${keyPair.friendlyUniqueId}`] },
    });
  }
}
