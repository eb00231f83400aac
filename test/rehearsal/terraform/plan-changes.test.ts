import { changesIn } from "../../../rehearsal/terraform/plan-changes";

test("a successor that comes first is told from one that comes after", () => {
  const change = (...actions: string[]) => ({ address: actions.join(), change: { actions, before: {}, after: {} } });

  expect(changesIn([change("create", "delete"), change("delete", "create"), change("no-op"), change("read")])).toEqual({
    "create,delete": "replace, successor first",
    "delete,create": "replace",
  });
});
