import { systemNamespace } from "../../../platform/names";
import type { ObjectKind } from "../../kubernetes/objects";
import type { TerraformProps } from "../../terraform/applied-stack";
import type { Step } from "../step";
import { stackOf } from "./destroy-stack";

const secret: ObjectKind = { apiVersion: "v1", kind: "Secret" };

/** Returns the step that looks for Cilium's Helm release, which the Helm provider takes for gone once its token has run out. */
export function findRelease(terraform: TerraformProps | undefined): Step {
  return {
    id: "cilium-release",
    title: "Look whether Cilium's Helm release is gone",
    verb: "delete",
    timeoutMinutes: 2,
    find: async (context) => {
      // Helm keeps each revision of a release in a Secret with these labels.
      const secrets = (await context.objects?.list(secret, "owner=helm,name=cilium")) ?? [];
      const own = secrets.filter(({ metadata }) => metadata.namespace === systemNamespace);
      if (own.length === 0 || (terraform && (await isInState(terraform)))) {
        return [];
      }
      context.say(`  left in the cluster: the Helm release ${systemNamespace}/cilium, with which Terraform is done.`);
      context.say(
        "  Its token is good for 15 min, and what it may not ask any more it takes for gone. It goes with the cluster.",
      );
      context.say(`  If the cluster shall stay: helm uninstall cilium --namespace ${systemNamespace}`);
      return [];

      async function isInState(given: TerraformProps): Promise<boolean> {
        const stack = stackOf("bootstrap", given, context);
        await stack.init();
        return (await stack.addresses()).some((address) => address.startsWith("helm_release."));
      }
    },
  };
}
