import type { Connection } from "../connection";
import type { TerraformProps } from "../terraform/terraform-props";
import type { Consent } from "./consent";

/** What goes on through all stacks of a repair. */
export interface RepairContext {
  readonly connection: Connection;
  readonly terraform: TerraformProps;
  readonly consent: Consent;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** What stays in the way of an apply; it is filled as stacks are repaired. */
  readonly left: Left[];
  /** What was taken out of the way; it is filled, too. */
  readonly done: string[];
}

/** What came of one look at a stack. */
export interface Round {
  /** What was taken out of the way. */
  readonly done: readonly string[];
  readonly left: readonly Left[];
}

/** Something that stays in the way of the next apply. */
export interface Left {
  /** Address of its resource. */
  readonly address: string;
  /** What to do about it. */
  readonly next: string;
  /** Whether it is taken out of the way when people confirm its address. */
  readonly isConfirmable: boolean;
}
