import { Variable } from "@cdktf/provider-tfe/lib/variable";
import { VariableSet } from "@cdktf/provider-tfe/lib/variable-set";
import { Construct } from "constructs";

import type { RunPhase } from "../platform/hcp";

export interface RunVariablesProps {
  /** Name of the set, which no other of the organization has. */
  readonly name: string;

  readonly account: string;

  /** The roles of runs in the account. */
  readonly roleArns: Readonly<Record<RunPhase, string>>;
}

/** Variables by which runs get credentials of an account, for as long as each phase takes. */
export class RunVariables extends Construct {
  readonly variableSetId: string;

  constructor(scope: Construct, id: string, props: RunVariablesProps) {
    super(scope, id);
    const { name, account, roleArns } = props;
    const set = new VariableSet(this, "Resource", { name, description: `Credentials of AWS account ${account}` });
    const variables = {
      TFC_AWS_PROVIDER_AUTH: "true",
      TFC_AWS_PLAN_ROLE_ARN: roleArns.plan,
      TFC_AWS_APPLY_ROLE_ARN: roleArns.apply,
    };
    for (const [key, value] of Object.entries(variables)) {
      const variable = new Construct(this, key.toLowerCase());
      new Variable(variable, "Resource", { key, value, category: "env", variableSetId: set.id });
    }
    this.variableSetId = set.id;
  }
}
