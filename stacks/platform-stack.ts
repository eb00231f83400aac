import {
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";

import { deploySession } from "../constructs/providers";
import { type StackPart, stackName } from "../platform/parts";
import { isStrangeToTerraform } from "../schema/region";
import type { Cluster } from "../schema/settings";
import { ReadableStack } from "./readable-stack";

/** Paths of the local modules, as the CDKTF command would give them: without these, synth by Node alone refuses them. */
export const context = {
  cdktfRelativeModules: ["./modules/cluster-token", "./modules/deployer-check", "./modules/terraform-version"],
};

type BackendProps = Pick<Cluster, "backend" | "deployRole" | "name" | "region">;

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

  /** Returns what this stack published, for a `consumer` that from now on deploys after it. */
  protected published(consumer: TerraformStack): TerraformRemoteState {
    consumer.addDependency(this);
    return this.ensureBackendExists().getRemoteStateDataSource(consumer, this.part, this.node.path);
  }

  private declareBackend({ name, region, backend, deployRole }: BackendProps): void {
    switch (backend.type) {
      case "local":
        // The path is relative to the stack's folder (cdktf.out/stacks/<stack>), in this stack and in those that read it.
        new LocalBackend(this, { path: `../../../state/${this.node.id}.tfstate` });
        break;
      case "s3": {
        const bucketRegion = backend.region ?? region;
        const s3 = new S3Backend(this, {
          bucket: backend.bucket,
          key: `${name}/${this.part}.tfstate`,
          region: bucketRegion,
          encrypt: true,
          ...(isStrangeToTerraform(bucketRegion) ? { skipRegionValidation: true } : {}),
          // Remote states of later stacks are read by the same.
          ...(deployRole === undefined ? {} : { assumeRole: deploySession(name, deployRole) }),
        });
        // Typed as useLockfile from cdktn 0.24.
        s3.addOverride("use_lockfile", true);
        break;
      }
      case "cloud":
        new CloudBackend(this, {
          organization: backend.organization,
          ...(backend.hostname ? { hostname: backend.hostname } : {}),
          workspaces: new NamedCloudWorkspace(this.node.id, backend.project),
        });
        break;
    }
  }
}
