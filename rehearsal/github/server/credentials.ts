import type { IncomingMessage } from "node:http";

/** Returns the secrets that a request presents: a bearer token, or both halves of basic credentials; undefined if it presents none. */
export function presentedSecrets({ headers }: IncomingMessage): readonly string[] | undefined {
  const [scheme = "", value = ""] = (headers.authorization ?? "").split(" ");
  switch (scheme.toLowerCase()) {
    case "bearer":
    case "token":
      return [value];
    case "basic":
      return Buffer.from(value, "base64").toString().split(":");
    default:
      return undefined;
  }
}
