import { createHmac } from "node:crypto";

import type { Delivery, Notification } from "../records/notification";
import { now } from "../records/now";
import type { Run } from "../records/run";
import type { Store } from "../records/store";
import { type Answer, deliver, isOnLoopback } from "./deliver";

/** What happened to a run, by the API's names. */
export type RunEvent = "created" | "planning" | "needs_attention" | "applying" | "completed" | "errored";

/** Tells those who are to know of it; whether they answer changes nothing. */
export function notify(store: Store, origin: string, run: Run, event: RunEvent): void {
  const trigger = `run:${event}`;
  const wanted = store.notifications.all.filter(
    ({ workspace, attributes }) =>
      workspace === run.workspace && attributes.enabled && attributes.triggers.includes(trigger),
  );
  for (const notification of wanted) {
    const { attributes, organization } = store.workspaces.the(run.workspace);
    send(notification, {
      payload_version: 1,
      notification_configuration_id: notification.id,
      run_url: `${origin}/app/${organization}/${attributes.name}/runs/${run.id}`,
      run_id: run.id,
      run_message: run.attributes.message,
      run_created_at: run.createdAt,
      run_created_by: run.createdBy.name,
      workspace_id: run.workspace,
      workspace_name: attributes.name,
      organization_name: organization,
      notifications: [
        { message: `Run ${event}`, trigger, run_status: run.status, run_updated_at: now(), run_updated_by: null },
      ],
    }).then((delivery) => {
      if (store.notifications.get(notification.id) !== undefined) {
        store.notifications.change(notification.id, { deliveries: [delivery] });
      }
    });
  }
}

/** Tries an address, as HCP does when a notification is enabled. */
export function verifyNotification(notification: Notification): Promise<Delivery> {
  return send(notification, {
    payload_version: 1,
    notification_configuration_id: notification.id,
    run_url: null,
    run_id: null,
    run_message: null,
    run_created_at: null,
    run_created_by: null,
    workspace_id: null,
    workspace_name: null,
    organization_name: null,
    notifications: [
      {
        message: `Verification of ${notification.attributes.name}`,
        trigger: "verification",
        run_status: null,
        run_updated_at: null,
        run_updated_by: null,
      },
    ],
  });
}

/** Posts a notification, signed if it has a token. What would leave this machine counts as delivered. */
async function send({ attributes, token }: Notification, payload: object): Promise<Delivery> {
  const url = attributes.url ?? "";
  if (!isOnLoopback(url)) {
    return delivered(url, { status: 200, headers: {}, body: "not sent: it is off this machine" });
  }
  const body = JSON.stringify(payload);
  const signature = token === null ? {} : { "x-tfe-notification-signature": hmac(token, body) };
  try {
    return delivered(url, await deliver(url, { "content-type": "application/json", ...signature }, body));
  } catch (failure) {
    return delivered(url, { status: 0, headers: {}, body: String(failure) });
  }
}

function delivered(url: string, { status, headers, body }: Answer): Delivery {
  return {
    url,
    body: body.slice(0, 1000),
    code: String(status),
    headers,
    "sent-at": now(),
    successful: String(status >= 200 && status < 300),
  };
}

function hmac(key: string, text: string): string {
  return createHmac("sha512", key).update(text).digest("hex");
}
