import { systemNamespace } from "../../../platform/names";
import type { ObjectKind } from "../../kubernetes/objects";
import type { Stacks } from "../stacks";
import type { Step, TeardownContext } from "../step";

const secret: ObjectKind = { apiVersion: "v1", kind: "Secret" };

/**
 * Returns the step that looks for Cilium's Helm release. Where its token has run out, the Helm provider takes a release for gone that it
 * was to delete (hashicorp/terraform-provider-helm, `Delete` in resource_helm_release.go drops the error of its look).
 */
export function findRelease(stacks: Stacks | undefined): Step {
  return {
    id: "cilium-release",
    title: "Look whether Cilium's Helm release is gone",
    verb: "delete",
    timeoutMinutes: 2,
    find: async (context) => {
      // Helm keeps each revision of a release in a Secret with these labels.
      const secrets = (await context.objects?.list(secret, "owner=helm,name=cilium")) ?? [];
      const own = secrets.filter(({ metadata }) => metadata.namespace === systemNamespace);
      if (own.length === 0 || (stacks && (await isInState(stacks, context)))) {
        return [];
      }
      context.say(
        "  left in the cluster: Cilium's Helm release, as after a destroy that outlasted its token (15 min) and so took it for deleted.",
      );
      context.say(
        `  It goes with the cluster. If that stays, an apply takes it over, or: helm uninstall cilium --namespace ${systemNamespace}`,
      );
      return [];
    },
  };
}

async function isInState(stacks: Stacks, context: TeardownContext): Promise<boolean> {
  const stack = stacks.open("bootstrap", context);
  await stack.init();
  return (await stack.addresses()).some((address) => address.startsWith("helm_release."));
}
