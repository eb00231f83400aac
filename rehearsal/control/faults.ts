import { z } from "zod";

import { parsed } from "./parsed";
import { RefusedControl } from "./refused-control";

const schema = z.strictObject({
  method: z.string().optional(),
  /** Regular expression over path and query; the path is without the prefix of the API. */
  path: z.string().refine(isExpression, "must be a regular expression").optional(),
  /** Calls that pass before the first is hit. */
  skip: z.number().int().default(0),
  /** Calls that are hit. */
  times: z.number().int().default(1),
  status: z.number().int().optional(),
  message: z.string().optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Whether the connection is cut. */
  close: z.boolean().default(false),
  /** Milliseconds before anything is done. */
  delay: z.number().optional(),
  /** Whether the work is done first, and only its answer lost. */
  after: z.boolean().default(false),
});

export type Fault = Readonly<z.infer<typeof schema>>;

/** What calls are to suffer. */
export class Faults {
  private faults: readonly Fault[] = [];

  /** Faults that have not hit as often as they are to. */
  get pending(): readonly Fault[] {
    return this.faults;
  }

  /** Throws for a fault that would do nothing, or that has a field which no fault has. */
  add(described: unknown): void {
    const fault = parsed(schema, described);
    if (!fault.status && !fault.close && !fault.delay) {
      throw new RefusedControl("a fault needs status, close or delay");
    }
    this.faults = [...this.faults, fault];
  }

  clear(): void {
    this.faults = [];
  }

  /** Counts a call, and returns the fault that hits it. */
  hit(method: string, target: string): Fault | undefined {
    const fault = this.faults.find(
      (one) => (!one.method || one.method === method) && new RegExp(one.path ?? "").test(target),
    );
    if (fault === undefined) {
      return undefined;
    }
    const counted = fault.skip > 0 ? { ...fault, skip: fault.skip - 1 } : { ...fault, times: fault.times - 1 };
    this.faults = this.faults.map((one) => (one === fault ? counted : one)).filter(({ times }) => times > 0);
    return fault.skip > 0 ? undefined : fault;
  }
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}
