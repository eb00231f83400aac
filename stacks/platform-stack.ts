import {
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  TerraformElement,
  TerraformOutput,
  type TerraformRemoteState,
  TerraformStack,
} from "cdktf";
import type { Construct, Node } from "constructs";

import { TerraformVersion } from "../.gen/modules/terraform-version";
import { deploySession } from "../constructs/providers";
import { StateOwner } from "../constructs/state-owner";
import { type StackPart, stackName } from "../platform/parts";
import { isStrangeToTerraform } from "../schema/region";
import type { Cluster } from "../schema/settings";

/** Paths of the local modules, as the CDKTF command would give them: without these, synth by Node alone refuses them. */
export const context = {
  cdktfRelativeModules: ["./modules/cluster-token", "./modules/deployer-check", "./modules/terraform-version"],
};

/** What of a cluster's settings says where its state is, and whose. */
type BackendProps = Pick<Cluster, "account" | "backend" | "deployRole" | "name" | "region" | "repository">;

/** A stack of one cluster, with readable resource names and an explicit contract with the stacks after it. */
export abstract class PlatformStack extends TerraformStack {
  private readonly claims = new Map<string, string>();

  /** @param part - what the stack is of the cluster: its id without the cluster's name */
  constructor(
    scope: Construct,
    private readonly part: StackPart,
    cluster: BackendProps,
  ) {
    super(scope, stackName(cluster.name, part));
    new TerraformVersion(this, "terraform-version");
    this.declareBackend(cluster);
  }

  /** Publishes a value to later stacks. */
  protected publish(name: string, value: string | string[], description: string): void {
    new TerraformOutput(this, name, { value, description, staticId: true });
  }

  /** Has Terraform leave alone what this stack has made at these addresses and does not define any more, where it would destroy it. */
  protected forget(...addresses: readonly string[]): void {
    // CDKTF has no `removed` blocks.
    const removed = addresses.map((from) => ({ from, lifecycle: { destroy: false } }));
    this.addOverride("removed", removed);
  }

  /** Returns what this stack published, for a `consumer` that from now on deploys after it. */
  protected published(consumer: TerraformStack): TerraformRemoteState {
    consumer.addDependency(this);
    return this.ensureBackendExists().getRemoteStateDataSource(consumer, this.part, this.node.path);
  }

  /**
   * Names a resource after its path (`aws_subnet.private_a`), where CDKTF would append a hash. Ids with a capital (`Resource`,
   * `RouteTable`) say what the type in front of the name says too, and drop out.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const name = path
      .filter((id) => !/^[A-Z]/.test(id))
      .join("_")
      .replaceAll("-", "_");

    // CDKTF merges two elements of one type and name without a word: the second replaces the first.
    const claim = `${element.constructor.name} ${name}`;
    const owner = this.claims.get(claim) ?? node.path;
    if (owner !== node.path) {
      throw new Error(`'${node.path}' and '${owner}' would both be named '${name}'; rename one of them`);
    }
    this.claims.set(claim, owner);
    return name;
  }

  private declareBackend(cluster: BackendProps): void {
    const { name, region, backend, deployRole } = cluster;
    switch (backend.type) {
      case "local":
        // The path is relative to the stack's folder (cdktf.out/stacks/<stack>), in this stack and in those that read it.
        new LocalBackend(this, { path: `../../../state/${this.node.id}.tfstate` });
        break;
      case "s3": {
        const { bucket, prefix, kmsKeyId } = backend;
        const bucketRegion = backend.region ?? region;
        const roleArn = backend.roleArn ?? deployRole;
        const key = [...(prefix === undefined ? [] : [prefix]), name, `${this.part}.tfstate`].join("/");
        const s3 = new S3Backend(this, {
          bucket,
          key,
          region: bucketRegion,
          encrypt: true,
          ...(isStrangeToTerraform(bucketRegion) ? { skipRegionValidation: true } : {}),
          ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
          // Later stacks read this state by the same role: CDKTF copies all that stands here, but no override.
          ...(roleArn === undefined ? {} : { assumeRole: deploySession(name, roleArn) }),
        });
        // Typed as useLockfile from cdktn 0.24.
        s3.addOverride("use_lockfile", true);
        const wayOut = "give one of them another backend.prefix";
        new StateOwner(this, "state-owner", { cluster, place: `s3://${bucket}/${key}`, wayOut });
        break;
      }
      case "cloud":
        new CloudBackend(this, {
          organization: backend.organization,
          ...(backend.hostname ? { hostname: backend.hostname } : {}),
          workspaces: new NamedCloudWorkspace(this.node.id, backend.project),
        });
        new StateOwner(this, "state-owner", {
          cluster,
          place: `Workspace ${this.node.id} of ${backend.organization}`,
          wayOut: "give one of them another name, by which workspaces are named",
        });
        break;
    }
  }
}
