import { StateOwner } from "../../constructs/state-owner";
import { stateOwnerAddress } from "../../platform/state-owner";
import { define } from "../support/define";

const cluster = {
  account: "111122223333",
  region: "eu-central-1",
  repository: { owner: "Acme", name: "Flux" },
};

function owner() {
  const place = "s3://state/demo/network.tfstate";
  const { resource } = define((stack) => {
    new StateOwner(stack, "state-owner", { cluster, place, wayOut: "move one" });
  });
  return resource.terraform_data?.state_owner;
}

test("the state says whose it is, at the address that messages and commands name", () => {
  expect(`terraform_data.${Object.keys({ state_owner: owner() })[0]}`).toBe(stateOwnerAddress);
  expect(owner().input).toEqual({ account: "111122223333", region: "eu-central-1", repository: "acme/flux" });
});

test("what the state says stays, and a plan by other settings is refused", () => {
  const { ignore_changes, postcondition } = owner().lifecycle;

  expect(ignore_changes).toEqual(["input"]);
  expect(postcondition).toEqual([
    {
      condition:
        '${self.input.account == "111122223333" && self.input.region == "eu-central-1" && self.input.repository == "acme/flux"}',
      error_message: expect.stringMatching(
        /^s3:\/\/state\/demo\/network\.tfstate is the state of .*\$\{self\.input\.repository\}, and settings\.ts describes .* acme\/flux\. If these are two clusters, move one\. If it is one, which has moved, apply once with -replace=terraform_data\.state_owner\.$/,
      ),
    },
  ]);
});
