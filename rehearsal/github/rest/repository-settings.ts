import { defaultSettings, type RepositorySettings } from "../repositories/metadata";
import { unprocessable } from "./http-error";
import type { JsonObject } from "./request";

/** Returns the settings that a body names; throws for a value that is not of its setting's type. */
export function repositorySettings(body: JsonObject): Partial<RepositorySettings> {
  const named = Object.entries(defaultSettings).filter(([name]) => body[name] !== undefined);
  const found: Partial<RepositorySettings> = Object.fromEntries(
    named.map(([name, standard]) => [name, settingValue(name, body[name], standard)]),
  );
  const visibility = found.visibility ?? visibilityOf(body["private"]);
  if (visibility === undefined) {
    return found;
  }
  if (visibility !== "public" && visibility !== "private") {
    throw unprocessable("Only organizations associated with an enterprise can set visibility to internal");
  }
  return { ...found, visibility };
}

/** Returns the value as it is kept: an empty text stands for none where a setting may have none. */
function settingValue(name: string, value: unknown, standard: string | boolean | null): string | boolean | null {
  if (typeof value === "boolean" && typeof standard === "boolean") {
    return value;
  }
  if (typeof value === "string" && typeof standard !== "boolean") {
    return value === "" ? standard : value;
  }
  if (value === null && standard === null) {
    return null;
  }
  const type = typeof standard === "boolean" ? "boolean" : "string";
  throw unprocessable(`Invalid request.\n\nFor 'properties/${name}', ${JSON.stringify(value)} is not a ${type}.`);
}

function visibilityOf(isPrivate: unknown): string | undefined {
  if (typeof isPrivate !== "boolean") {
    return undefined;
  }
  return isPrivate ? "private" : "public";
}
