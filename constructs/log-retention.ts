/** Returns a retention as Terraform's provider writes it, for which 0 is for ever. */
export function retentionInDays(retention: number | "never"): number {
  return retention === "never" ? 0 : retention;
}
