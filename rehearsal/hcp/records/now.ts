/** Returns the time as HCP Terraform writes it: to the millisecond. */
export function now(): string {
  return new Date().toISOString();
}
