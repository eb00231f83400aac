import { ApiException, type CustomObjectsApi } from "@kubernetes/client-node";

import { listCustomObjects, unreadyReason } from "../../../operations/kubernetes/objects";

const withReady = (condition: { status: string; reason?: string; message?: string }) => ({
  metadata: { name: "a" },
  status: { conditions: [{ type: "Ready", ...condition }] },
});

test("an object is not ready for the reason and with the message that its controller gives", () => {
  expect(unreadyReason(withReady({ status: "True" }))).toBeUndefined();
  expect(unreadyReason(withReady({ status: "False", reason: "BuildFailed", message: "no such file" }))).toBe(
    "BuildFailed: no such file",
  );
  expect(unreadyReason(withReady({ status: "False", reason: "", message: "no such file" }))).toBe("no such file");
  expect(unreadyReason({ metadata: { name: "a" } })).toBe("its controller has not said anything");
});

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
