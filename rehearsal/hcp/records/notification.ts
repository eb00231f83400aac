export interface Notification {
  readonly id: string;
  readonly workspace: string;
  /** Never read back. */
  readonly token: string | null;
  readonly users: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deliveries: readonly Delivery[];
  readonly attributes: NotificationAttributes;
}

export interface NotificationAttributes {
  readonly "destination-type": "generic" | "email" | "slack" | "microsoft-teams";
  readonly enabled: boolean;
  readonly name: string;
  readonly triggers: readonly string[];
  readonly url: string | null;
  readonly "email-addresses": readonly string[];
}

/** An answer to a notification, by the API's names. */
export interface Delivery {
  readonly body: string;
  readonly code: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly "sent-at": string;
  readonly successful: string;
  readonly url: string;
}
