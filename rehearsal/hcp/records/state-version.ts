import { z } from "zod";

export interface StateVersion {
  readonly id: string;
  readonly workspace: string;
  readonly run: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly status: "pending" | "finalized" | "discarded";
  readonly serial: number;
  readonly lineage: string;
  readonly md5: string;
  /** Objects that hold the state, and what `terraform show -json` says of it. */
  readonly state: string;
  readonly json: string;
  readonly hasJson: boolean;
  readonly terraformVersion: string | null;
  /** How many instances of managed resources there are in it. */
  readonly resourceCount: number;
  readonly outputs: readonly StateOutput[];
}

export interface StateOutput {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
  /** Terraform's type, as `["object",{"a":"string"}]`. */
  readonly type: unknown;
  readonly sensitive: boolean;
}

/** What is read of a state file of Terraform. */
const stateFile = z.object({
  terraform_version: z.string().optional(),
  serial: z.number(),
  lineage: z.string(),
  outputs: z
    .record(z.string(), z.object({ value: z.unknown(), type: z.unknown(), sensitive: z.boolean().default(false) }))
    .default({}),
  resources: z
    .array(
      z.looseObject({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        module: z.string().optional(),
        provider: z.string(),
        instances: z.array(z.looseObject({ index_key: z.union([z.string(), z.number()]).optional() })),
      }),
    )
    .default([]),
});

export type StateFile = z.infer<typeof stateFile>;

/** Reads a state file; throws for what is none. */
export function readState(text: string): StateFile {
  return stateFile.parse(JSON.parse(text));
}

/** Returns the addresses of what is managed, one for each instance. */
export function managedAddresses({ resources }: StateFile): string[] {
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module, type, name, instances }) =>
      instances.map(({ index_key: key }) => {
        const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
        return `${module === undefined ? "" : `${module}.`}${type}.${name}${index}`;
      }),
    );
}
