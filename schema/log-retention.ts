import * as z from "zod";

/** Retention that CloudWatch Logs knows, in days (API reference, PutRetentionPolicy). */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retentionRule = `must be one of ${retentions.join(", ")} (days), or 'never'`;

/** A union of numbers and text would say of each mistake what is wrong for either. */
export const logRetention = z.custom<number | "never">(
  (value) => value === "never" || retentions.some((days) => days === value),
  retentionRule,
);
