import { Failure, type FailureKind } from "../../../operations/command/failure";
import { type Connection, connect } from "../../../operations/connection";
import { type Check, holds } from "../../../operations/verify/check";
import { verification } from "../../../operations/verify/verification";
import { cluster } from "../../support/settings";

const settings = cluster();

const asking: Check = {
  id: "a",
  title: "a",
  run: async (snapshot) => holds(`${(await snapshot.cluster()).status}`),
};

/** @param describe - what EKS says of the cluster */
const connected = (describe: Connection["describe"]): Connection => ({ ...connect(settings, () => {}), describe });

const failing = (kind: FailureKind) =>
  connected(async () => {
    throw new Failure(kind, "no", "next");
  });

test("the account is read out of what EKS says of the cluster, which is asked once", async () => {
  const describe = jest.fn(async () => ({
    status: "ACTIVE" as const,
    arn: "arn:aws:eks:eu-central-1:111122223333:cluster/demo-k8s-cilium",
  }));

  expect(await verification(connected(describe), [asking, { ...asking, id: "b" }])).toMatchObject({
    cluster: settings.name,
    region: settings.region,
    account: "111122223333",
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    checks: [
      { id: "a", state: "holds", found: "ACTIVE" },
      { id: "b", state: "holds", found: "ACTIVE" },
    ],
  });
  expect(describe).toHaveBeenCalledTimes(1);
});

test.each(["no credentials", "wrong account"] as const)("%s ends all: it is no news of any check", async (kind) => {
  await expect(verification(failing(kind), [asking])).rejects.toMatchObject({ kind, message: "no" });
});

test("without an answer for another reason, each check says so, and no account is named", async () => {
  expect(await verification(failing("denied"), [asking])).toMatchObject({
    account: null,
    checks: [{ state: "could not ask", found: "no" }],
  });
});
