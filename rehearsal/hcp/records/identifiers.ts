import { randomBytes, randomInt } from "node:crypto";

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Returns a new id, as `ws-` and 16 letters and digits. */
export function newId(prefix: string): string {
  return `${prefix}-${Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join("")}`;
}

/** Returns a text that nobody guesses: a token, or the end of an object's address. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
