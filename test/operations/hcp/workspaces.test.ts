import { environmentNames, findWorkspace } from "../../../operations/hcp/workspaces";
import { HcpForTests } from "../../support/hcp";
import { apiOfStandIn } from "../../support/hcp-api";

const stand = HcpForTests.forTests();

test("a workspace is told with its mode and the resources of its state, and one that is not there is none", async () => {
  await stand.workspace("found", { "execution-mode": "local" });

  expect(await findWorkspace(apiOfStandIn(stand), "acme", "found")).toMatchObject({
    name: "found",
    executionMode: "local",
    resources: 0,
    isLocked: false,
  });
  expect(await findWorkspace(apiOfStandIn(stand), "acme", "lost")).toBeUndefined();
});

test("names of variables are of the environment alone, from the workspace and from its variable sets", async () => {
  const { id } = await stand.workspace("variables");
  const variable = (category: string, key: string) => ({ category, key, value: "x", sensitive: true });
  await stand.make(`workspaces/${id}/vars`, "vars", variable("env", "GITHUB_TOKEN"));
  await stand.make(`workspaces/${id}/vars`, "vars", variable("terraform", "review_key"));
  const set = await stand.make("organizations/acme/varsets", "varsets", { name: "credentials", global: false });
  await stand.make(`varsets/${set.id}/relationships/vars`, "vars", variable("env", "TFC_AWS_PROVIDER_AUTH"));
  await stand.call("POST", `varsets/${set.id}/relationships/workspaces`, { data: [{ type: "workspaces", id }] });

  expect(await environmentNames(apiOfStandIn(stand), { id })).toEqual(["GITHUB_TOKEN", "TFC_AWS_PROVIDER_AUTH"]);
});
