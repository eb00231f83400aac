import { partitionOf } from "../../schema/region";
import type { ClusterSettings } from "../../schema/settings";
import type { Blocks } from "../support/define";
import { platform } from "../support/synth";

export const account = "111122223333";

/** Identity of the cluster towards IAM, in the place of one that EKS makes up. */
export const issuer = "oidc.eks.example/id/0123";

/** Policy documents by whom they are of: `aws_iam_role.karpenter`, `trust of aws_iam_role.karpenter`, `aws_kms_key.cluster`. */
export type Documents = Readonly<Record<string, readonly string[]>>;

/** Returns every policy that the stacks write, with ARNs where Terraform has references. */
export function documents(settings: Partial<ClusterSettings>): Documents {
  const { network, cluster, bootstrap } = platform({ ...settings, flowLogs: true });
  const found: Record<string, string[]> = {};
  for (const { resource } of [network, cluster, bootstrap]) {
    const read = (text: string) => resolved(text, resource, settings.region ?? "eu-central-1");
    const add = (holder: string, text: string) => (found[holder] = [...(found[holder] ?? []), read(text)]);
    each(resource["aws_iam_role"], (name, role) => add(`trust of aws_iam_role.${name}`, role.assume_role_policy));
    each(resource["aws_iam_role_policy"], (_, { role, policy }) => add(referenced(role), policy));
    each(resource["aws_iam_role_policy_attachment"], (_, { role, policy_arn: arn }) => {
      const [, policy] = /^\$\{aws_iam_policy\.(\w+)\.arn\}$/.exec(arn) ?? [];
      // Others are AWS's own.
      if (policy !== undefined) {
        add(referenced(role), resource["aws_iam_policy"]?.[policy].policy);
      }
    });
    each(resource["aws_sqs_queue_policy"], (name, { policy }) => add(`aws_sqs_queue_policy.${name}`, policy));
    each(resource["aws_kms_key"], (name, { policy }) => add(`aws_kms_key.${name}`, policy));
  }
  return found;
}

// biome-ignore lint/suspicious/noExplicitAny: what Terraform reads has no type here
function each(blocks: Record<string, any> = {}, act: (name: string, block: any) => void): void {
  for (const [name, block] of Object.entries(blocks)) {
    act(name, block);
  }
}

/** Reads `${aws_iam_role.karpenter.name}` as `aws_iam_role.karpenter`. */
function referenced(reference: string): string {
  return reference.replaceAll(/^\$\{(\w+\.\w+)\.name\}$/g, "$1");
}

function resolved(text: string, resource: Blocks, region: string): string {
  const arn = (service: string, path: string, where = region) =>
    `arn:${partitionOf(region)}:${service}:${where}:${account}:${path}`;
  // Quotes inside an expression are escaped in JSON.
  return text.replaceAll(/\$\{([^}]*)\}/g, (reference, expression: string) => {
    const [type = "", name = ""] = expression.split(".");
    const own = resource[type]?.[name]?.name;
    const known: Record<string, string | undefined> = {
      "data.aws_caller_identity.caller.account_id": account,
      [`aws_cloudwatch_event_rule.${name}.arn`]: arn("events", `rule/${own}`),
      [`aws_cloudwatch_log_group.${name}.arn`]: arn("logs", `log-group:${own}`),
      "aws_eks_cluster.cluster.arn": arn("eks", `cluster/${own}`),
      [`aws_iam_openid_connect_provider.${name}.arn`]: arn("iam", `oidc-provider/${issuer}`, ""),
      [`aws_iam_role.${name}.arn`]: arn("iam", `role/${own}`, ""),
      [`aws_sqs_queue.${name}.arn`]: arn("sqs", own),
    };
    const value = expression.startsWith("replace(aws_eks_cluster.cluster.identity") ? issuer : known[expression];
    if (value === undefined) {
      throw new Error(`nothing stands for ${reference}`);
    }
    return value;
  });
}
