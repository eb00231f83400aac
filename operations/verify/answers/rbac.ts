import type { V1ClusterRole, V1ClusterRoleBinding, V1ListMeta } from "@kubernetes/client-node";

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

/** Which page of a list is asked for. */
interface PageRequest {
  readonly limit: number;
  /** @default - the first page */
  readonly _continue?: string;
}

interface Page<Item> {
  readonly items: readonly Item[];
  /** @default - this is the last page */
  readonly metadata?: V1ListMeta;
}

/** Asks for all pages of a list, and returns what is in them. */
async function allItems<Item>(list: (request: PageRequest) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const all: Item[] = [];
  let next: string | undefined;
  do {
    const { items, metadata } = await list({ limit: 500, ...(next === undefined ? {} : { _continue: next }) });
    all.push(...items);
    next = metadata?._continue || undefined;
  } while (next !== undefined);
  return all;
}
