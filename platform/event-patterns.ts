import type { InterruptionEvent } from "./names";

/** What a rule of EventBridge matches. */
export interface EventPattern {
  readonly source: readonly string[];
  readonly "detail-type": readonly string[];
}

/** Source and detail type that AWS gives each event of which Karpenter hears. */
export const eventPatterns: Readonly<Record<InterruptionEvent, EventPattern>> = {
  health: { source: ["aws.health"], "detail-type": ["AWS Health Event"] },
  "spot-interruption": { source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] },
  rebalance: { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
  "state-change": { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"] },
  "capacity-reservation": {
    source: ["aws.ec2"],
    "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"],
  },
};
