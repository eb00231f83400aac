import { z } from "zod";

import { ApiError, invalid } from "./api-error";
import type { JsonObject, Linkage } from "./request";

const linkage = z.looseObject({
  type: z.string().default(""),
  id: z.string().default(""),
  attributes: z.record(z.string(), z.unknown()).default({}),
});

const document = z.looseObject({
  data: z.looseObject({
    attributes: z.record(z.string(), z.unknown()).default({}),
    relationships: z
      .record(z.string(), z.looseObject({ data: z.union([linkage, z.array(linkage)]).nullish() }))
      .default({}),
  }),
});

/** Returns the attributes of the body's resource as a schema has them; throws 422 for what does not fit. */
export function attributesOf<Schema extends z.ZodType>(body: JsonObject, schema: Schema): z.infer<Schema> {
  const { data, error } = schema.safeParse(documentOf(body).data.attributes);
  if (error) {
    const [issue] = error.issues;
    throw invalid(issue?.path.join("/") ?? "", sentence(issue));
  }
  return data;
}

/** Says an issue as HCP does: `Name is invalid`. */
function sentence(issue: z.core.$ZodIssue | undefined): string {
  const name = String(issue?.path.at(0) ?? "body").replaceAll("-", " ");
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${issue?.message ?? "is invalid"}`;
}

/** Returns what the body's resource names by a relationship; undefined if it says nothing of it. */
export function related(body: JsonObject, name: string): (Linkage & { attributes: JsonObject })[] | undefined {
  const relationship = documentOf(body).data.relationships[name];
  if (relationship === undefined) {
    return undefined;
  }
  return relationship.data == null ? [] : [relationship.data].flat();
}

/** Returns the id that the body's resource names by a relationship to one. */
export function relatedId(body: JsonObject, name: string): string | undefined {
  return related(body, name)?.at(0)?.id;
}

/** Returns the id that the body's resource cannot do without. */
export function requiredId(body: JsonObject, name: string): string {
  const id = relatedId(body, name);
  if (!id) {
    throw new ApiError(422, { title: "invalid request body", detail: `${name} is missing` });
  }
  return id;
}

/** Returns the list that is the whole of a body, as calls below `relationships` have it. */
export function listed(body: JsonObject): (Linkage & { attributes: JsonObject })[] {
  return fitting(z.looseObject({ data: z.array(linkage) }), body).data;
}

function documentOf(body: JsonObject) {
  return fitting(document, body);
}

function fitting<Schema extends z.ZodType>(schema: Schema, body: JsonObject): z.infer<Schema> {
  const { data, error } = schema.safeParse(body);
  if (error) {
    throw new ApiError(422, { title: "invalid request body", detail: z.prettifyError(error) });
  }
  return data;
}
