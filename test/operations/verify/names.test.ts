import { variableNames } from "../../../operations/verify/checks/flux";
import { ruleNames } from "../../../operations/verify/checks/karpenter";
import { platform } from "../../support/synth";

test("the variables that are looked for are those that the bootstrap stack writes", () => {
  const { data } = platform().bootstrap.resource.kubernetes_config_map_v1?.flux_variables ?? {};

  expect(variableNames).toEqual(Object.keys(data).sort());
});

test("the rules that are looked for are those that the cluster stack makes", () => {
  const rules = Object.values(platform().cluster.resource.aws_cloudwatch_event_rule ?? {});

  expect(ruleNames.map((name) => `demo-k8s-cilium-karpenter-${name}`)).toEqual(rules.map(({ name }) => name).sort());
});
