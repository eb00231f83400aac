export interface Variable {
  readonly id: string;
  /** Id of the workspace or variable set that it belongs to. */
  readonly owner: string;
  readonly attributes: VariableAttributes;
}

export interface VariableAttributes {
  readonly key: string;
  readonly value: string;
  readonly description: string | null;
  readonly category: "terraform" | "env";
  readonly hcl: boolean;
  readonly sensitive: boolean;
}

export interface VariableSet {
  readonly id: string;
  readonly organization: string;
  readonly attributes: VariableSetAttributes;
  readonly workspaces: readonly string[];
  readonly projects: readonly string[];
  /** Who owns it. */
  readonly parent: { readonly type: "organizations" | "projects"; readonly id: string };
}

export interface VariableSetAttributes {
  readonly name: string;
  readonly description: string | null;
  readonly global: boolean;
  readonly priority: boolean;
}
