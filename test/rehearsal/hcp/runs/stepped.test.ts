import { HcpForTests, planThatCreates, stateFile } from "../../../support/hcp";

const planned: string[] = [];
const hcp = HcpForTests.forTests({
  stepped: true,
  concurrentRuns: 1,
  terraform: () => ({
    async plan({ id }) {
      planned.push(id);
      return { json: planThatCreates };
    },
    apply: async () => ({ state: stateFile(1) }),
  }),
});

const statusOf = async (run: string): Promise<string> =>
  (await hcp.call("GET", `runs/${run}`)).body.data.attributes.status;

/** Steps a run until it waits, and returns the statuses that it was in. */
async function steps(run: string): Promise<string[]> {
  const seen = [await statusOf(run)];
  while ((await hcp.control("POST", "step", { run })).moved) {
    seen.push(await statusOf(run));
  }
  return seen;
}

test("a run moves step by step, through a Terraform of the test's own", async () => {
  const { id } = await hcp.run(await hcp.workspaceWithConfiguration("stepped"));

  expect(await steps(id)).toEqual(["pending", "plan_queued", "planning", "planned"]);
  expect(planned).toEqual([id]);
  expect((await hcp.call("POST", `runs/${id}/actions/apply`)).status).toBe(202);
  expect(await steps(id)).toEqual(["confirmed", "apply_queued", "applying"]);
  expect(await statusOf(id)).toBe("applied");
});

test("as many runs plan at a time as the edition allows; one that waits for its confirmation is none of them", async () => {
  const [one, other] = [
    await hcp.run(await hcp.workspaceWithConfiguration("one")),
    await hcp.run(await hcp.workspaceWithConfiguration("other")),
  ];
  await hcp.control("POST", "step", { run: one.id });
  expect(await steps(other.id)).toEqual(["pending"]);

  await steps(one.id);
  expect((await steps(other.id)).at(-1)).toBe("planned");
});
