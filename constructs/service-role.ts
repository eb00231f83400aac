import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";

import type { IamSettings } from "../schema/iam";
import type { Partition } from "../schema/region";
import { iamArguments } from "./iam-arguments";
import { policyDocument } from "./iam-policy";

export interface ServiceRoleProps {
  /** Name in AWS. */
  readonly name: string;

  /** What the organization asks of it. */
  readonly iam: IamSettings;

  readonly description: string;

  /** Service principal that assumes the role: `eks.amazonaws.com`. */
  readonly service: string;

  readonly partition: Partition;

  /**
   * Names of AWS managed policies, by a word for what each is for.
   * @default {}
   */
  readonly managedPolicies?: Readonly<Record<string, string>>;
}

/** A role that one AWS service assumes. */
export class ServiceRole extends Construct {
  readonly arn: string;

  readonly name: string;

  /** To depend on before the role is used: a role without its policies is refused or, worse, taken. */
  readonly attachments: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { name, iam, description, service, partition, managedPolicies = {} } = props;

    const role = new IamRole(this, "Resource", {
      ...iamArguments("iamRole", name, iam),
      description,
      assumeRolePolicy: policyDocument({ actions: ["sts:AssumeRole"], principal: { Service: service } }),
    });

    this.attachments = Object.entries(managedPolicies).map(
      ([purpose, policy]) =>
        new IamRolePolicyAttachment(this, purpose, {
          role: role.name,
          policyArn: `arn:${partition}:iam::aws:policy/${policy}`,
        }),
    );
    this.arn = role.arn;
    this.name = role.name;
  }
}
