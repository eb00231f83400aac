import { errorReport } from "../../../operations/command/report-error";
import { makeLocalWorkspace } from "../../../operations/hcp/workspaces";
import { init } from "../../../operations/workspaces/init";
import { organizationsOf } from "../../../operations/workspaces/organizations";
import { checkSettings } from "../../../schema/settings";
import { HcpForTests } from "../../support/hcp";
import { apiOfStandIn } from "../../support/hcp-api";
import { inCloud } from "../../support/workspaces";

const stand = HcpForTests.forTests({ organizations: ["acme", "others", "remote", "used", "grown", "hidden"] });

function organization(name: string) {
  const [found] = organizationsOf(checkSettings([inCloud({ organization: name })]).clusters, undefined);
  if (!found) {
    throw new Error("no organization");
  }
  return found;
}

const at = () => `at localhost:${new URL(stand.hcp.url).port}`;

test("the workspace of the state is made in mode local, whatever the organization's own is, and found the next time", async () => {
  expect(await init(apiOfStandIn(stand), organization("acme"))).toEqual([
    `Made the workspace acme-workspaces of acme ${at()}, which keeps a state and runs nothing.`,
  ]);
  const { body } = await stand.call("GET", "organizations/acme/workspaces/acme-workspaces");
  expect(body.data.attributes).toMatchObject({
    "execution-mode": "local",
    "setting-overwrites": { "execution-mode": true },
  });

  const changes = () => stand.control("GET", "journal");
  const before = await changes();
  expect(await init(apiOfStandIn(stand), organization("acme"))).toEqual([
    `The workspace acme-workspaces of acme ${at()} is there, and runs nothing, as it should.`,
  ]);
  expect(await changes()).toEqual(before);
});

test("one that runs in HCP Terraform is refused, and stays as it is", async () => {
  await stand.make("organizations/remote/workspaces", "workspaces", { name: "remote-workspaces" });
  const failure = await init(apiOfStandIn(stand), organization("remote")).catch((thrown: unknown) => thrown);

  expect(errorReport(failure).text).toMatch(
    /^error: the workspace remote-workspaces of remote is there, and its execution mode is remote: .*\n {2}next: set its Execution Mode to Local .*\/app\/remote\/workspaces\/remote-workspaces\/settings\/general\n$/,
  );
});

test("an organization that is not there, or not seen, is named, with both ways out", async () => {
  const failure = await init(apiOfStandIn(stand), organization("nobody")).catch((thrown: unknown) => thrown);

  expect(errorReport(failure).text).toMatch(
    /^error: localhost:\d+ has no organization nobody, or none that your token may see\n {2}next: make it at https:.*, or log in as one of its people: terraform login localhost:\d+\n$/,
  );
});

test("a token that may not make workspaces is told so", async () => {
  const { token } = await stand.control("POST", "tokens", { organization: "others", kind: "team", permission: "read" });
  const failure = await init(apiOfStandIn(stand, token), organization("others")).catch((thrown: unknown) => thrown);

  expect(errorReport(failure).text).toMatch(
    /does not let you make a workspace in others\n {2}next: log in as somebody/,
  );
});

test("a name that a workspace has which this token does not see is told with what HCP Terraform says of it", async () => {
  await init(apiOfStandIn(stand), organization("hidden"));
  const make = makeLocalWorkspace(apiOfStandIn(stand), "hidden", { name: "hidden-workspaces", description: "" });
  const { text } = errorReport(await make.catch((thrown: unknown) => thrown));

  expect(text).toMatch(
    /makes no workspace hidden-workspaces in hidden: .*taken.*\n {2}next: if it is there already, log in as somebody who may see it/,
  );
});

test("workspaces that are there before the stack has any state are taken in by a command for each", async () => {
  const { id } = await stand.make("organizations/used/workspaces", "workspaces", { name: "demo-k8s-cilium-network" });
  const lines = await init(apiOfStandIn(stand), organization("used"));

  expect(lines.slice(1)).toEqual([
    "These are there already. Have the stack take them in, once it is initialized, before you apply it:",
    `  terraform -chdir=cdktf.out/stacks/used-workspaces import tfe_workspace.demo_k8s_cilium_network ${id}`,
  ]);
});

test("organizations of settings.ts are told apart by their hosts, and one that it has not is refused", () => {
  const second = { name: "second", cidrBlock: "10.1.0.0/16" };
  const { clusters } = checkSettings([inCloud(), inCloud({ hostname: "app.eu.terraform.io" }, second)]);

  expect(organizationsOf(clusters, "acme").map(({ stack }) => stack)).toEqual([
    "acme-workspaces",
    "acme-app-eu-terraform-io-workspaces",
  ]);
  expect(() => organizationsOf(clusters, "acne")).toThrow(
    "settings.ts has no organization 'acne'; it has acme; did you mean 'acme'?",
  );
  expect(() => organizationsOf([], undefined)).toThrow("settings.ts has no cluster whose state is in HCP Terraform");
});
