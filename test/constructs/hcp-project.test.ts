import { HcpProject } from "../../constructs/hcp-project";
import { define } from "../support/define";

test("a project that is made is there under its new name before the one of the old name goes", () => {
  const { resource } = define((stack) => {
    new HcpProject(stack, "project", { name: "platform", mode: "create" });
  });

  expect(resource["tfe_project"]).toMatchObject({
    project: { name: "platform", lifecycle: { create_before_destroy: true } },
  });
});

test("a project that is there is read, and never deleted", () => {
  const { resource, data } = define((stack) => {
    new HcpProject(stack, "project", { name: "platform", mode: "existing" });
  });

  expect(resource["tfe_project"]).toBeUndefined();
  expect(data["tfe_project"]).toMatchObject({ project: { name: "platform" } });
});
