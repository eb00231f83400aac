import { ApiException, type CustomObjectsApi } from "@kubernetes/client-node";

import { listCustomObjects } from "../../../operations/kubernetes/custom-objects";

test("a custom resource is asked for by group, version and plural, and has no objects without its definition", async () => {
  const asked: unknown[] = [];
  const api = (answer: () => Promise<unknown>) =>
    ({
      listClusterCustomObject: (request: unknown) => {
        asked.push(request);
        return answer();
      },
    }) as Partial<CustomObjectsApi> as CustomObjectsApi;
  const items = [{ metadata: { name: "default" } }];
  const refused = (code: number) => async () => {
    throw new ApiException(code, "no", undefined, {});
  };

  expect(
    await listCustomObjects(
      api(async () => ({ items })),
      "nodepools.v1.karpenter.sh",
    ),
  ).toEqual(items);
  expect(asked).toEqual([{ group: "karpenter.sh", version: "v1", plural: "nodepools", limit: 50 }]);
  expect(await listCustomObjects(api(refused(404)), "nodepools.v1.karpenter.sh")).toEqual([]);
  await expect(listCustomObjects(api(refused(409)), "nodepools.v1.karpenter.sh")).rejects.toThrow(ApiException);
});

test("custom resources are read page by page, and of each what is asked for is kept", async () => {
  const asked: unknown[] = [];
  const api: Partial<CustomObjectsApi> = {
    listClusterCustomObject: async (request) => {
      asked.push(request._continue);
      const name = request._continue ?? "a";
      const items = [{ metadata: { name, managedFields: [{ manager: "karpenter" }] } }];
      return { items, metadata: { continue: name === "a" ? "b" : "" } };
    },
  };
  const list = (read?: (object: { metadata: { name: string } }) => unknown) =>
    read
      ? listCustomObjects(api as CustomObjectsApi, "nodeclaims.v1.karpenter.sh", read)
      : listCustomObjects(api as CustomObjectsApi, "nodeclaims.v1.karpenter.sh");

  expect(await list()).toEqual([{ metadata: { name: "a" } }, { metadata: { name: "b" } }]);
  expect(await list(({ metadata }) => metadata.name)).toEqual(["a", "b"]);
  expect(asked).toEqual([undefined, "b", undefined, "b"]);
});
