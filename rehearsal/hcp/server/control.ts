import { z } from "zod";

import type { Faults } from "../../control/faults";
import type { Journal } from "../../control/journal";
import { parsed } from "../../control/parsed";
import { RefusedControl } from "../../control/refused-control";
import { newId, newSecret } from "../records/identifiers";
import type { RunStatus } from "../records/run";
import type { Store } from "../records/store";
import type { HcpChange, JsonObject } from "../rest/request";
import type { Runs } from "../runs/runs";
import type { ScriptedTerraform } from "../runs/scripted-terraform";
import { inventory } from "./inventory";

/** What the calls below `/_rehearsal/` read and change. */
export interface Controlled {
  readonly store: Store;
  readonly runs: Runs;
  readonly terraform: ScriptedTerraform;
  readonly faults: Faults;
  readonly journal: Journal<HcpChange>;
}

const tokenSchema = z.strictObject({
  kind: z.enum(["user", "team", "organization", "run"]).default("team"),
  /** Name of whoever holds it. */
  name: z.string().default("rehearser"),
  organization: z.string(),
  /** Names of the workspaces that it sees; all without them. */
  workspaces: z.array(z.string()).optional(),
  permission: z.enum(["read", "plan", "write", "admin"]).default("write"),
});

/** What Terraform prints, and whether it fails. */
const said = { log: z.string().default("Terraform\n"), fails: z.boolean().default(false) };

const scriptSchema = z.strictObject({
  organization: z.string().optional(),
  workspace: z.string(),
  plan: z.strictObject({ json: z.unknown().optional(), ...said }).prefault({}),
  apply: z.strictObject({ state: z.unknown().optional(), ...said }).prefault({}),
});

const installationSchema = z.strictObject({ name: z.string(), number: z.number().int().default(1) });

/** Answers a rehearsal's own call, as `POST fail`. */
export async function control(controlled: Controlled, call: string, body: JsonObject): Promise<object> {
  const { store, runs, terraform, faults, journal } = controlled;
  switch (call) {
    case "GET journal":
      return journal.entries;
    case "GET inventory":
      return inventory(store);
    case "GET fail":
      return faults.pending;
    case "POST fail":
      faults.add(body);
      return faults.pending;
    case "DELETE fail":
      faults.clear();
      return faults.pending;
    case "POST tokens":
      return { token: addToken(store, body) };
    case "POST installations":
      return store.installations.add({ id: newId("ghain"), ...parsed(installationSchema, body) });
    case "POST terraform":
      terraform.script(scriptFrom(store, body));
      return {};
    case "POST hold":
      runs.hold(parsed(z.strictObject({ status: z.string() }), body).status as RunStatus);
      return {};
    case "DELETE hold":
      runs.release();
      return {};
    case "POST step":
      return { moved: await runs.step(parsed(z.strictObject({ run: z.string() }), body).run) };
    default:
      throw new RefusedControl(`there is no control '${call}'`);
  }
}

/** Adds a token, and returns its secret. */
function addToken(store: Store, body: JsonObject): string {
  const { kind, name, organization, workspaces: names, permission } = parsed(tokenSchema, body);
  const workspaces = names?.map((workspace) => workspaceId(store, organization, workspace)) ?? null;
  return store.tokens.add({
    id: newSecret(),
    kind,
    holder: newId(kind === "user" ? "user" : "team"),
    name,
    organizations: [organization],
    workspaces,
    permission: kind === "organization" ? "admin" : permission,
    run: null,
    taskResult: null,
    expires: null,
  }).id;
}

function scriptFrom(store: Store, body: JsonObject) {
  const { organization, workspace, plan, apply } = parsed(scriptSchema, body);
  const named = (value: unknown): string | object => (typeof value === "string" ? value : Object(value));
  const { json, ...otherPlan } = plan;
  const { state, ...otherApply } = apply;
  return {
    workspace: workspaceId(store, organization, workspace),
    plan: { ...otherPlan, ...(json === undefined ? {} : { json: named(json) }) },
    apply: { ...otherApply, ...(state === undefined ? {} : { state: named(state) }) },
  };
}

function workspaceId(store: Store, organization: string | undefined, name: string): string {
  const workspace = store.workspaces.all.find(
    (one) => one.attributes.name === name && (organization ?? one.organization) === one.organization,
  );
  if (workspace === undefined) {
    throw new RefusedControl(`there is no workspace '${name}'`);
  }
  return workspace.id;
}
