import { nextId, type RegisteredKey } from "../repositories/metadata";
import { now } from "../repositories/now";
import { invalid, notFound } from "./http-error";
import { repositoryUrl } from "./links";
import { noContent, ok, type RepositoryRequest, type RestResponse, type Route, textField } from "./request";

function keyBody(request: RepositoryRequest, key: RegisteredKey) {
  return { ...key, url: `${repositoryUrl(request)}/keys/${key.id}`, verified: true, enabled: true };
}

function registeredKey({ repository }: RepositoryRequest, id: string): RegisteredKey {
  const key = repository.metadata.keys.find((one) => String(one.id) === id);
  if (key === undefined) {
    throw notFound();
  }
  return key;
}

/** Returns whether a key is in OpenSSH's format: its data begin with the length of its type, in four bytes, and the type once more. */
function isPublicKey(type: string, data: string): boolean {
  const bytes = Buffer.from(data, "base64");
  return type !== "" && bytes.length >= 20 && bytes.subarray(4, 4 + bytes.readUInt32BE(0)).toString() === type;
}

function createKey(request: RepositoryRequest): RestResponse {
  const { repository, accounts, body } = request;
  const [type = "", data = ""] = (textField(body, "key") ?? "").trim().split(/\s+/);
  if (!isPublicKey(type, data)) {
    throw invalid("PublicKey", "key", "key is invalid. You must supply a key in OpenSSH public key format");
  }
  const key = `${type} ${data}`;
  if (accounts.repositories().some(({ metadata }) => metadata.keys.some((used) => used.key === key))) {
    throw invalid("PublicKey", "key", "key is already in use");
  }
  const registered = {
    id: nextId(),
    title: textField(body, "title") ?? "deploy key",
    key,
    read_only: body["read_only"] === true,
    created_at: now(),
  };
  repository.save({ keys: [...repository.metadata.keys, registered] });
  return ok(keyBody(request, registered), 201);
}

function deleteKey(request: RepositoryRequest, id: string): RestResponse {
  const key = registeredKey(request, id);
  request.repository.save({ keys: request.repository.metadata.keys.filter((other) => other !== key) });
  return noContent;
}

export const keyRoutes: readonly Route<RepositoryRequest>[] = [
  ["GET", "/keys", (request) => ok(request.repository.metadata.keys.map((key) => keyBody(request, key)))],
  ["POST", "/keys", createKey],
  ["GET", "/keys/:id", (request, id) => ok(keyBody(request, registeredKey(request, id)))],
  ["DELETE", "/keys/:id", deleteKey],
];
