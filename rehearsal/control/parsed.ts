import { z } from "zod";

import { RefusedControl } from "./refused-control";

/** Returns the body of a control call as its schema has it; throws for a field too many, so that a misspelt one is not passed over. */
export function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { data, error } = schema.safeParse(body);
  if (error) {
    throw new RefusedControl(z.prettifyError(error));
  }
  return data;
}
