import { z } from "zod";

import { unprocessable } from "../rest/http-error";

/** Returns the body of a control call as its schema has it; throws for a field too many, so that a misspelt one is not passed over. */
export function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { data, error } = schema.safeParse(body);
  if (error) {
    throw unprocessable(z.prettifyError(error));
  }
  return data;
}
