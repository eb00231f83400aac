import { mainResources } from "../../../operations/teardown/main-resources";
import { stackParts } from "../../../platform/parts";
import { platform } from "../../support/synth";

const stacks = platform();

test.each(stackParts)("the stack %s has its main resource at the address by which teardown looks for it", (part) => {
  const [type = "", name = ""] = mainResources[part].address.split(".");

  expect(stacks[part].resource[type]).toHaveProperty(name);
});
