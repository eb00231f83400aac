import type { Faults } from "../../control/faults";
import type { Journal } from "../../control/journal";
import type { Accounts } from "../repositories/accounts";
import { notFound } from "../rest/http-error";
import type { JsonObject, RepositoryChange } from "../rest/request";
import { inventory } from "./inventory";
import { protect } from "./protect";

/** What the calls below `/_rehearsal/` read and change. */
export interface Controlled {
  readonly accounts: Accounts;
  readonly faults: Faults;
  readonly journal: Journal<RepositoryChange>;
}

/** Answers a rehearsal's own call, as `POST fail`. */
export async function control(
  { accounts, faults, journal }: Controlled,
  call: string,
  body: JsonObject,
): Promise<unknown> {
  switch (call) {
    case "GET journal":
      return journal.entries;
    case "GET inventory":
      return inventory(accounts);
    case "POST protect":
      return protect(accounts, body);
    case "GET fail":
      return faults.pending;
    case "POST fail":
      faults.add(body);
      return faults.pending;
    case "DELETE fail":
      faults.clear();
      return faults.pending;
    default:
      throw notFound("no such control");
  }
}
