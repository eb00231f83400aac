import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

import { hostOf, type Organization, type RunPhase, runAudience, runPhases, runRoleName } from "../platform/hcp";
import type { IamSettings } from "../schema/iam";
import type { Partition } from "../schema/region";
import { iamArguments } from "./iam-arguments";
import { policyDocument } from "./iam-policy";
import { runPolicies } from "./run-policies";

export interface RunRolesProps {
  readonly organization: Organization;

  readonly account: string;

  readonly partition: Partition;

  /** What the account's organization asks of roles. */
  readonly iam: IamSettings;

  /** The account's AWS provider. */
  readonly provider: TerraformProvider;

  /** ARN of the identity provider by which AWS knows runs. */
  readonly identityProviderArn: string;

  /** Returns who the runs are in a phase that may assume its role: the subjects of their identities. */
  readonly subjects: (phase: RunPhase) => readonly string[];
}

/** The roles of an organization's runs in an account: one for the phase in which they plan, and one for that in which they apply. */
export class RunRoles extends Construct {
  readonly arns: Readonly<Record<RunPhase, string>>;

  constructor(scope: Construct, id: string, props: RunRolesProps) {
    super(scope, id);
    const { account, partition, iam, organization, provider, identityProviderArn } = props;
    const host = hostOf(organization);
    const nameOf = (phase: RunPhase) => runRoleName(organization, iam.namePrefix, phase);
    const policies = runPolicies({
      partition,
      account,
      permissionsBoundary: iam.permissionsBoundary,
      nameOf: (phase) => `${iam.path.slice(1)}${nameOf(phase)}`,
      // By its name: a value that is known after the apply alone would hide the policy in the first plan.
      providerArn: `arn:${partition}:iam::${account}:oidc-provider/${host}`,
    });

    const arns = runPhases.map((phase): [RunPhase, string] => {
      const roleScope = new Construct(this, phase);
      const description = `Runs of ${organization.organization} in ${host}, while they ${phase}`;
      const role = new IamRole(roleScope, "Resource", {
        ...iamArguments("iamRole", nameOf(phase), iam),
        provider,
        description,
        assumeRolePolicy: policyDocument({
          actions: ["sts:AssumeRoleWithWebIdentity"],
          principal: { Federated: identityProviderArn },
          // Whole subjects: with a pattern, a workspace that anybody in the organization names like one of these would do.
          conditions: {
            StringEquals: { [`${host}:aud`]: runAudience, [`${host}:sub`]: props.subjects(phase) },
          },
        }),
      });
      const policy = new IamPolicy(roleScope, "Policy", {
        ...iamArguments("iamPolicy", nameOf(phase), iam),
        provider,
        description,
        policy: policyDocument(...policies[phase]),
      });
      new IamRolePolicyAttachment(roleScope, "Attachment", { provider, role: role.name, policyArn: policy.arn });
      return [phase, role.arn];
    });

    this.arns = Object.fromEntries(arns) as Record<RunPhase, string>;
  }
}
