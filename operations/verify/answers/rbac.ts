import type { V1ClusterRole, V1ClusterRoleBinding } from "@kubernetes/client-node";

import type { Connection } from "../../connection";
import type { Once } from "./once";

/** What Kubernetes says of rights that hold in the whole cluster. */
export interface RbacAnswers {
  clusterRoles(): Promise<readonly V1ClusterRole[]>;
  clusterRoleBindings(): Promise<readonly V1ClusterRoleBinding[]>;
}

export function rbacAnswers({ kubernetes }: Connection, once: Once): RbacAnswers {
  return {
    clusterRoles: once("cluster roles", async () => {
      const { rbac } = await kubernetes();
      return allItems((page) => rbac.listClusterRole(page));
    }),
    clusterRoleBindings: once("cluster role bindings", async () => {
      const { rbac } = await kubernetes();
      return allItems((page) => rbac.listClusterRoleBinding(page));
    }),
  };
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly metadata?: { readonly _continue?: string };
}

/** Asks for all pages of a list, and returns what is in them. */
async function allItems<Item>(
  list: (page: { readonly limit: number; readonly _continue?: string }) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let next: string | undefined;
  do {
    const { items, metadata } = await list({ limit: 500, ...(next === undefined ? {} : { _continue: next }) });
    all.push(...items);
    next = metadata?._continue || undefined;
  } while (next !== undefined);
  return all;
}
