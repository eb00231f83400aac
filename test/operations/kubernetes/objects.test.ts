import { unreadyReason } from "../../../operations/kubernetes/objects";

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
