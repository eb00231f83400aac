import { OrganizationRunTask } from "@cdktf/provider-tfe/lib/organization-run-task";
import { Construct } from "constructs";

export interface ReviewTaskProps {
  readonly url: string;

  /** The key by which it knows who asks, as an expression. */
  readonly hmacKey: string;
}

/** That plans of an organization can be reviewed before they are applied (`npm run review -- --serve`). */
export class ReviewTask extends Construct {
  readonly taskId: string;

  constructor(scope: Construct, id: string, props: ReviewTaskProps) {
    super(scope, id);
    const { url, hmacKey } = props;
    this.taskId = new OrganizationRunTask(this, "Resource", {
      name: "plan-review",
      description: "Says what a plan loses, restarts and lets in",
      url,
      // Not hmac_key_wo: a plan of hashicorp/tfe 0.71 would find its value new each time.
      hmacKey,
      enabled: true,
    }).id;
  }
}
