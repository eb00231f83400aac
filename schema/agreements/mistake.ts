/** Something that is wrong, and where. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /**
   * Whether the key itself is wrong, whatever its value.
   * @default false
   */
  readonly ofKey?: boolean;
}
