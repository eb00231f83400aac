/** How a resource was replaced in an apply. */
export interface Replacement {
  readonly address: string;
  /** Whether its successor was there before it went. */
  readonly successorFirst: boolean;
  /** For how long neither was there, or both were. */
  readonly seconds: number;
}

/** One line of the log of `terraform apply -json`. */
interface Entry {
  readonly "@timestamp": string;
  readonly type: string;
  readonly hook:
    | { readonly resource: { readonly addr: string } | undefined; readonly action: string | undefined }
    | undefined;
}

/** Times, in milliseconds, of what happened to one resource. */
interface Times {
  readonly destroying: number | undefined;
  readonly destroyed: number | undefined;
  readonly created: number | undefined;
}

/** Returns what an apply replaced, in the order in which it began to. */
export function replacementsIn(log: string): Replacement[] {
  const resources = new Map<string, Times>();
  const entries = log.split("\n").filter((line) => line.startsWith("{"));
  for (const { type, hook, "@timestamp": time } of entries.map((line): Entry => JSON.parse(line))) {
    const address = hook?.resource?.addr;
    const moment = moments[`${type} ${hook?.action}`];
    if (address !== undefined && moment !== undefined) {
      resources.set(address, { ...(resources.get(address) ?? nothingYet), [moment]: Date.parse(time) });
    }
  }
  return [...resources].flatMap(([address, { destroying, destroyed, created }]) => {
    if (destroying === undefined || destroyed === undefined || created === undefined) {
      return [];
    }
    // A resource that is being destroyed is no use to anybody any more.
    const milliseconds = Math.abs(created - destroying);
    return [{ address, successorFirst: created <= destroying, seconds: Math.round(milliseconds / 100) / 10 }];
  });
}

const nothingYet: Times = { destroying: undefined, destroyed: undefined, created: undefined };

const moments: Readonly<Record<string, keyof Times>> = {
  "apply_start delete": "destroying",
  "apply_complete delete": "destroyed",
  "apply_complete create": "created",
};

/** Returns a sentence on a replacement. */
export function replacementText({ address, successorFirst, seconds }: Replacement): string {
  return successorFirst
    ? `${address}: its successor came first, and both were there for ${seconds} s`
    : `${address}: it went first, and was not there for ${seconds} s`;
}
