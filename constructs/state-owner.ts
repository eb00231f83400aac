import { DataResource } from "cdktf";
import { Construct } from "constructs";

import { type OwningCluster, stateOwner, stateOwnerAddress, stateOwnerText } from "../platform/state-owner";

export interface StateOwnerProps {
  readonly cluster: OwningCluster;

  /** Where the state is, as people find it: `s3://acme-terraform-state/demo/network.tfstate`. */
  readonly place: string;

  /** What to write into settings.ts to have a state that nobody else has. */
  readonly wayOut: string;
}

/**
 * Whose a state is, written into it by the first apply and kept: with other settings over the same state, each plan fails. Otherwise
 * two projects with one bucket and one cluster name would take each other's resources for what has to be changed or destroyed.
 */
export class StateOwner extends Construct {
  constructor(scope: Construct, id: string, { cluster, place, wayOut }: StateOwnerProps) {
    super(scope, id);
    const owner = stateOwner(cluster);
    const inState = {
      account: "${self.input.account}",
      region: "${self.input.region}",
      repository: "${self.input.repository}",
    };
    const equal = Object.entries(owner).map(([key, value]) => `self.input.${key} == "${value}"`);

    new DataResource(this, "Resource", {
      input: owner,
      lifecycle: {
        ignoreChanges: ["input"],
        postcondition: [
          {
            condition: `\${${equal.join(" && ")}}`,
            errorMessage: [
              `${place} is the state of ${stateOwnerText(inState)}, and settings.ts describes ${stateOwnerText(owner)}.`,
              `If these are two clusters, ${wayOut}. If it is one, which has moved, apply once with -replace=${stateOwnerAddress}.`,
            ].join(" "),
          },
        ],
      },
    });
  }
}
