import type { Connection } from "../../../operations/connection";
import { type Existing, finderBy, knownText } from "../../../operations/repair/existing";
import { Unknown, type Value } from "../../../operations/terraform/plan/value";

const found: Existing = { id: "a", tags: undefined, details: [] };
const connection = {} as Connection;
const none = { ids: [], isReplaced: false };

test("a finder gets the planned values that it looks by", async () => {
  const find = jest.fn(async () => found);

  expect(
    await finderBy(["vpc_id", "metadata.0.name"], find)(
      { vpc_id: "vpc-1", metadata: [{ name: "x" }] },
      connection,
      none,
    ),
  ).toBe(found);
  expect(find).toHaveBeenCalledWith({ vpc_id: "vpc-1", "metadata.0.name": "x" }, connection, none);
});

test.each<[string, Value]>([
  ["known only after the apply", new Unknown()],
  ["not set", null],
])("what is named by a value that is %s is not looked for: it can't be there", async (_, vpc) => {
  const find = jest.fn(async () => found);

  expect(await finderBy(["vpc_id"], find)({ vpc_id: vpc }, connection, none)).toBeUndefined();
  expect(find).not.toHaveBeenCalled();
});

test("numbers are known as text", () => {
  expect(knownText({ from_port: 443 }, "from_port")).toBe("443");
});
