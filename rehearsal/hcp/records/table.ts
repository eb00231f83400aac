export interface Identified {
  readonly id: string;
}

/** Attributes to change; those that are undefined stay. */
export type Changes<Type> = { readonly [Key in keyof Type]?: Type[Key] | undefined };

/** Returns an object with some members changed. */
export function changed<Type extends object>(old: Type, changes: Changes<Type>): Type {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...old, ...Object.fromEntries(given) };
}

/** Records of one kind, in the order in which they were made. */
export class Table<Type extends Identified> {
  private readonly records: Map<string, Type>;

  constructor(records: readonly Type[] = []) {
    this.records = new Map(records.map((record) => [record.id, record]));
  }

  get all(): Type[] {
    return [...this.records.values()];
  }

  get(id: string): Type | undefined {
    return this.records.get(id);
  }

  /** Returns a record that is there for certain. */
  the(id: string): Type {
    const record = this.records.get(id);
    if (record === undefined) {
      throw new Error(`no record ${id}`);
    }
    return record;
  }

  add(record: Type): Type {
    this.records.set(record.id, record);
    return record;
  }

  change(id: string, changes: Changes<Type>): Type {
    return this.add(changed(this.the(id), changes));
  }

  delete(id: string): void {
    this.records.delete(id);
  }

  deleteWhere(matches: (record: Type) => boolean): void {
    for (const { id } of this.all.filter(matches)) {
      this.delete(id);
    }
  }
}
