import { createHash } from "node:crypto";

import { Failure } from "../command/failure";
import { bodyOf, call, type Hcp, parseAnswer } from "./api";
import type { Workspace } from "./workspaces";

/** A state as Terraform writes it (version 4). What is not named here stays as it is when it is written again. */
export interface StateFile {
  readonly serial: number;
  readonly lineage: string;
  readonly resources: readonly StateFileResource[];
}

/** A resource of a state. */
export interface StateFileResource {
  /** @default - the root module */
  readonly module?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly StateFileInstance[];
}

interface StateFileInstance {
  /** @default - the resource has one instance, without a key */
  readonly index_key?: string | number;
  /** @default - it was not replaced */
  readonly deposed?: string;
  readonly attributes: {
    readonly id: string | undefined;
    /** Of `terraform_data`: a value of any type stands beside that. */
    readonly input: { readonly value: unknown } | null | undefined;
  } | null;
}

/** Something that is managed, in a state. */
export interface StateEntry {
  readonly address: string;
  readonly id: string | undefined;
  /** What `terraform_data` was given. */
  readonly input: unknown;
  /** Whether it was replaced, and is still to be destroyed. */
  readonly isDeposed: boolean;
}

/** Returns what of a state is managed, by its addresses as `terraform state list` prints them. */
export function stateEntries({ resources }: StateFile): readonly StateEntry[] {
  const managed = resources.filter(({ mode }) => mode === "managed");
  return managed.flatMap((resource) =>
    resource.instances.map(({ index_key: key, deposed, attributes }) => ({
      address: `${addressOf(resource)}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
      id: attributes?.id,
      input: attributes?.input?.value,
      isDeposed: deposed !== undefined,
    })),
  );
}

function addressOf({ module, type, name }: StateFileResource): string {
  return [...(module === undefined ? [] : [module]), type, name].join(".");
}

/** Returns the state of a workspace; undefined if it has none yet. */
export async function readState(hcp: Hcp, { id }: Pick<Workspace, "id">): Promise<StateFile | undefined> {
  const path = `workspaces/${id}/current-state-version`;
  const answer = await call(hcp, { path });
  if (answer.status === 404) {
    return undefined;
  }
  const { data } = parseAnswer<StateVersionDocument>(bodyOf(answer, new URL(path, hcp.api)), hcp.api);
  const url = data.attributes["hosted-state-download-url"];
  if (!url) {
    const next = "try again in a minute";
    throw new Failure("unexpected", `${hcp.api.host} has a state of this workspace, and not yet in whole`, next);
  }
  const archived = new URL(url);
  // The API redirects to where states lie; where both have one address, that wants the token.
  const state = archived.host === hcp.api.host ? await call(hcp, { path: url }) : await fetched(archived);
  return parseAnswer<StateFile>(bodyOf(state, archived), archived);
}

interface StateVersionDocument {
  readonly data: { readonly attributes: { readonly "hosted-state-download-url": string | null } };
}

async function fetched(url: URL) {
  const response = await fetch(url, { signal: AbortSignal.timeout(120_000) }).catch(() => {
    throw new Failure("unreachable", `${url.host} does not answer`, "check the way to the internet");
  });
  return { status: response.status, text: await response.text() };
}

/**
 * Takes resources out of a state, and leaves them where they are, as `terraform state rm` does.
 * @throws Failure if somebody else has locked the workspace, or if this token may not write its state
 */
export async function forgetResources(hcp: Hcp, workspace: Workspace, addresses: readonly string[]): Promise<void> {
  const { id, name } = workspace;
  await act(
    hcp,
    `workspaces/${id}/actions/lock`,
    { reason: "npm run teardown takes resources out of its state" },
    name,
  );
  try {
    const state = await readState(hcp, workspace);
    if (state === undefined) {
      return;
    }
    const isForgotten = (address: string) => addresses.some((one) => one === address || one.startsWith(`${address}[`));
    const left = state.resources.filter((resource) => !isForgotten(addressOf(resource)));
    const serial = state.serial + 1;
    const text = `${JSON.stringify({ ...state, serial, resources: left }, null, 2)}\n`;
    const attributes = {
      serial,
      lineage: state.lineage,
      md5: createHash("md5").update(text).digest("hex"),
      state: Buffer.from(text).toString("base64"),
    };
    await act(hcp, `workspaces/${id}/state-versions`, { data: { type: "state-versions", attributes } }, name);
  } finally {
    await act(hcp, `workspaces/${id}/actions/unlock`, {}, name);
  }
}

async function act(hcp: Hcp, path: string, body: object, workspace: string): Promise<void> {
  const answer = await call(hcp, { method: "POST", path, body });
  if (answer.status === 409) {
    const next = "unlock it on its page, if nobody is at it, and run this again: it goes on from here";
    throw new Failure("no state", `the workspace ${workspace} is locked, or its state has changed`, next);
  }
  if (answer.status === 403 || answer.status === 404) {
    const next = `log in as somebody who may: terraform login ${hcp.api.host}`;
    throw new Failure("denied", `${hcp.api.host} does not let you write the state of ${workspace}`, next);
  }
  bodyOf(answer, new URL(path, hcp.api));
}
