import { confirm } from "../../../operations/command/confirm";

const { signal } = new AbortController();
const question = "Type the cluster's name: ";

test("the cluster's name is consent", async () => {
  await expect(confirm({ clusterName: "demo", yes: "demo", question, signal })).resolves.toBeUndefined();
});

test("another name is none, and it is said what would be", async () => {
  await expect(confirm({ clusterName: "demo", yes: "dem", question, signal })).rejects.toMatchObject({
    message: "'dem' is not 'demo': nothing was changed",
    next: "--yes demo says that this shall be done",
  });
});
