import { confirm } from "../../../operations/teardown/confirm";

const { signal } = new AbortController();

test("the cluster's name is consent", async () => {
  await expect(confirm({ clusterName: "demo", yes: "demo", signal })).resolves.toBeUndefined();
});

test("another name is none, and it is said what would be", async () => {
  await expect(confirm({ clusterName: "demo", yes: "dem", signal })).rejects.toMatchObject({
    message: "'dem' is not 'demo': nothing was changed",
    next: "--yes demo says that this shall be done",
  });
});
