import { ClusterRoleBindingV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { fluxNamespace } from "../platform/names";
import { literal, projectFile } from "./project-files";

export interface FluxInstallationProps {
  /** Of Flux's CLI, without `v`. */
  readonly version: string;

  /** YAML of the objects that make Flux follow the repository. */
  readonly sync: string;

  readonly dependsOn: readonly ITerraformDependable[];
}

const name = "flux-install";

/** A Job that installs Flux and waits until it has reconciled the repository once. */
export class FluxInstallation extends Construct {
  constructor(scope: Construct, id: string, props: FluxInstallationProps) {
    super(scope, id);
    const { version, sync, dependsOn } = props;

    const account = new ServiceAccountV1(this, "ServiceAccount", {
      metadata: { name, namespace: fluxNamespace },
      dependsOn: [...dependsOn],
    });
    const binding = new ClusterRoleBindingV1(this, "RoleBinding", {
      metadata: { name },
      // It makes CRDs and gives Flux's controllers cluster-admin, which takes cluster-admin.
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subject: [{ kind: "ServiceAccount", name, namespace: fluxNamespace }],
      dependsOn: [account],
    });
    new JobV1(this, "Resource", {
      metadata: { name, namespace: fluxNamespace },
      waitForCompletion: true,
      // The default is one minute; the Job itself gives up after eight.
      timeouts: { create: "12m" },
      spec: {
        backoffLimit: 3,
        activeDeadlineSeconds: 480,
        // It has no TTL: a Job that is gone would be made anew by the next apply.
        template: {
          metadata: {},
          spec: {
            serviceAccountName: name,
            restartPolicy: "Never",
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            container: [
              {
                name,
                image: `ghcr.io/fluxcd/flux-cli:v${version}`,
                command: ["/bin/sh", "-c"],
                args: [literal(projectFile("constructs/flux-install.sh"))],
                env: [
                  { name: "HOME", value: "/tmp" },
                  { name: "SYNC", value: literal(sync) },
                ],
                resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
                securityContext: {
                  // The provider sends `false` where it is left out, and that counts more than the pod's `true`.
                  runAsNonRoot: true,
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
                volumeMount: [{ name: "tmp", mountPath: "/tmp" }],
              },
            ],
            volume: [{ name: "tmp", emptyDir: {} }],
          },
        },
      },
      dependsOn: [binding],
      // A Job's template cannot change: another version of Flux would replace the Job and run it again, for nothing.
      lifecycle: { ignoreChanges: ["spec"] },
    });
  }
}
