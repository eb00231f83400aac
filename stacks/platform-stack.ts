import {
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import type { Move } from "../constructs/kept-entries";
import { deploySession } from "../constructs/providers";
import { StateOwner } from "../constructs/state-owner";
import { type StackPart, stackName } from "../platform/parts";
import { isStrangeToTerraform } from "../schema/region";
import type { Cluster } from "../schema/settings";
import { ReadableStack } from "./readable-stack";

/** Paths of the local modules, as the CDKTF command would give them: without these, synth by Node alone refuses them. */
export const context = {
  cdktfRelativeModules: [
    "./modules/cluster-token",
    "./modules/deployer-check",
    "./modules/existing-network",
    "./modules/terraform-version",
  ],
};

/** What of a cluster's settings says where its state is, and whose. */
type BackendProps = Pick<Cluster, "account" | "backend" | "deployRole" | "name" | "region" | "repository">;

/** A stack of one cluster, with an explicit contract with the stacks after it. */
export abstract class PlatformStack extends ReadableStack {
  /** @param part - what the stack is of the cluster: its id without the cluster's name */
  constructor(
    scope: Construct,
    private readonly part: StackPart,
    cluster: BackendProps,
  ) {
    super(scope, stackName(cluster.name, part));
    this.declareBackend(cluster);
  }

  /** Has Terraform leave alone what this stack has made at these addresses and does not define any more, where it would destroy it. */
  protected forget(...addresses: readonly string[]): void {
    const removed = addresses.map((from) => ({ from, lifecycle: { destroy: false } }));
    this.addBlocks("removed", removed);
  }

  /** Has Terraform take what it made at other addresses for what is defined now. */
  protected move(moves: readonly Move[]): void {
    this.addBlocks("moved", moves);
  }

  /**
   * Each block is a list, with all of its body as its one part, which HCL's JSON takes too: of a file with a block of nothing but texts
   * and objects of texts Checkov 3.3 reads nothing (its terraform_json/parser.py, `hclify`), and past such a list it goes.
   * CDKTF has no `removed` blocks, and writes `moved` ones as Checkov cannot read them.
   */
  private addBlocks(type: "moved" | "removed", blocks: readonly object[]): void {
    const parts = blocks.map((block) => [block]);
    if (parts.length > 0) {
      this.addOverride(type, parts);
    }
  }

  /** Returns what this stack published, for a `consumer` that from now on deploys after it. */
  protected published(consumer: TerraformStack): TerraformRemoteState {
    consumer.addDependency(this);
    return this.ensureBackendExists().getRemoteStateDataSource(consumer, this.part, this.node.path);
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
