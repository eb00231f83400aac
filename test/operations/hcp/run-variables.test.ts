import { runVariables } from "../../../operations/hcp/run-variables";

const organization = { organization: "acme", hostname: "tfe.acme.example" };

test("whoever is not logged in asks nobody", async () => {
  expect(await runVariables(organization, "demo-bootstrap", { TF_CLI_CONFIG_FILE: "/dev/null" })).toBeUndefined();
});

test("in a world nobody is asked, whoever is logged in: what HCP Terraform has is real", async () => {
  const environment = { REHEARSAL_WORLD: "/tmp/world", TF_TOKEN_tfe_acme_example: "secret" };

  expect(await runVariables(organization, "demo-bootstrap", environment)).toBeUndefined();
});
