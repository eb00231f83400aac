// In place of @sinclair/typebox, which Jest's types name for one that nobody here uses: its 190 files are a quarter of a type check.
export type Static<T> = T;
export type TObject = unknown;
