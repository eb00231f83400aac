import { z } from "zod";

import { newId } from "../records/identifiers";
import type { Delivery, Notification } from "../records/notification";
import { now } from "../records/now";
import { changed } from "../records/table";
import { verifyNotification } from "../runs/notify";
import { workspaceOf } from "./access";
import { ApiError, invalid, notFound } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";
import { attributesOf, related } from "./request-body";

/** Returns a notification as a resource; its token is never told. */
function notificationResource(notification: Notification): Resource {
  const { id, workspace, users, attributes, deliveries, createdAt, updatedAt } = notification;
  return {
    id,
    type: "notification-configurations",
    attributes: {
      ...attributes,
      token: null,
      "delivery-responses": deliveries,
      "created-at": createdAt,
      "updated-at": updatedAt,
    },
    relationships: { subscribable: toOne("workspaces", workspace), users: toMany("users", users) },
    links: { self: `/api/v2/notification-configurations/${id}` },
  };
}

const triggers = [
  ...["created", "planning", "needs_attention", "applying", "completed", "errored"].map((event) => `run:${event}`),
  ...["drifted", "check_failure", "failed"].map((event) => `assessment:${event}`),
  "workspace:auto_destroy_reminder",
  "workspace:auto_destroy_run_results",
];

const settings = z.object({
  "destination-type": z.enum(["generic", "email", "slack", "microsoft-teams"], "is not included in the list"),
  enabled: z.boolean().optional(),
  name: z.string("can't be blank").min(1, "can't be blank"),
  token: z.string().nullable().optional(),
  triggers: z.array(z.string().refine((one) => triggers.includes(one), "has an invalid entry")).optional(),
  url: z
    .url({ protocol: /^https?$/, error: "is invalid" })
    .nullable()
    .optional(),
  "email-addresses": z.array(z.string()).optional(),
});

function listNotifications(request: HcpRequest, id: string): RestResponse {
  workspaceOf(request, id);
  return ok(request.store.notifications.all.filter(({ workspace }) => workspace === id).map(notificationResource));
}

async function createNotification(request: HcpRequest, workspace: string): Promise<RestResponse> {
  workspaceOf(request, workspace, "admin");
  const {
    token = null,
    enabled = false,
    url = null,
    triggers: wanted = [],
    ...given
  } = attributesOf(request.body, settings);
  const time = now();
  const notification: Notification = {
    id: newId("nc"),
    workspace,
    token,
    users: related(request.body, "users")?.map(({ id }) => id) ?? [],
    createdAt: time,
    updatedAt: time,
    deliveries: [],
    attributes: { ...given, triggers: wanted, "email-addresses": given["email-addresses"] ?? [], enabled, url },
  };
  const verified = { ...notification, deliveries: await verification(notification) };
  request.store.notifications.add(verified);
  request.note({ resource: `notification-configurations ${notification.id}` });
  return ok(notificationResource(verified), 201);
}

async function updateNotification(request: HcpRequest, id: string): Promise<RestResponse> {
  const notification = notificationOf(request, id, "admin");
  const { token, ...changes } = attributesOf(request.body, settings.partial());
  const attributes = changed(notification.attributes, changes);
  const users = related(request.body, "users")?.map((user) => user.id) ?? notification.users;
  const updated = { ...notification, attributes, users, token: token === undefined ? notification.token : token };
  const verified = { ...updated, deliveries: await verification(updated), updatedAt: now() };
  request.store.notifications.change(id, verified);
  request.note({ resource: `notification-configurations ${id}` });
  return ok(notificationResource(verified));
}

/** Tries the address of a notification that is enabled; throws unless it answers with success. */
async function verification(notification: Notification): Promise<readonly Delivery[]> {
  const { enabled, "destination-type": type, url } = notification.attributes;
  if (type === "email") {
    return [];
  }
  if (url === null) {
    throw invalid("url", "Url can't be blank");
  }
  if (!enabled) {
    return notification.deliveries;
  }
  const delivery = await verifyNotification(notification);
  if (delivery.successful !== "true") {
    throw new ApiError(400, { title: "verification failed", detail: `${url} answered ${delivery.code}` });
  }
  return [delivery];
}

function notificationOf(request: HcpRequest, id: string, permission: "read" | "admin"): Notification {
  const notification = request.store.notifications.get(id);
  if (notification === undefined) {
    throw notFound();
  }
  workspaceOf(request, notification.workspace, permission);
  return notification;
}

async function verify(request: HcpRequest, id: string): Promise<RestResponse> {
  const notification = notificationOf(request, id, "admin");
  const delivery = await verifyNotification(notification);
  return ok(notificationResource(request.store.notifications.change(id, { deliveries: [delivery] })));
}

function deleteNotification(request: HcpRequest, id: string): RestResponse {
  request.store.notifications.delete(notificationOf(request, id, "admin").id);
  request.note({ resource: `notification-configurations ${id}` });
  return noContent;
}

const listPath = "/workspaces/:id/notification-configurations";
const path = "/notification-configurations/:id";

export const notificationRoutes: readonly Route[] = [
  ["GET", listPath, (request, id = "") => listNotifications(request, id)],
  ["POST", listPath, (request, id = "") => createNotification(request, id)],
  ["GET", path, (request, id = "") => ok(notificationResource(notificationOf(request, id, "read")))],
  ["PATCH", path, (request, id = "") => updateNotification(request, id)],
  ["DELETE", path, (request, id = "") => deleteNotification(request, id)],
  ["POST", `${path}/actions/verify`, (request, id = "") => verify(request, id)],
];
