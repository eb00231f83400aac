import { parseAllDocuments } from "yaml";

import { projectFile } from "../../constructs/project-files";
import {
  clusterVariables,
  eventRuleName,
  interruptionEvents,
  karpenterName,
  kustomizations,
  roleNames,
  startupTaint,
} from "../../platform/names";
import { cluster as settings } from "../support/settings";
import { platform } from "../support/synth";

const { network, cluster, bootstrap } = platform({ flowLogs: true });
const files = Object.values(bootstrap.resource.github_repository_file ?? {}).flatMap(({ content }) =>
  parseAllDocuments(content, { logLevel: "error" }).map((document) => document.toJS()),
);

test("the variables that are looked for are those that the bootstrap stack writes", () => {
  const { data } = bootstrap.resource.kubernetes_config_map_v1?.flux_variables ?? {};

  expect(Object.keys(data).sort()).toEqual(clusterVariables);
});

test("the event rules that are looked for are those that the cluster stack makes", () => {
  const rules = Object.values(cluster.resource.aws_cloudwatch_event_rule ?? {}).map(({ name }) => name);

  expect(rules.sort()).toEqual(interruptionEvents.map((event) => eventRuleName("demo-k8s-cilium", event)));
});

test("every role and the queue have the names that are decided here", () => {
  const roles = [network, cluster, bootstrap].flatMap(({ resource }) => Object.values(resource.aws_iam_role ?? {}));

  expect(roles.map(({ name }) => name).sort()).toEqual(roleNames(settings()).sort());
  expect(cluster.resource.aws_sqs_queue?.interruption.name).toBe(karpenterName("demo-k8s-cilium"));
});

test("Flux's Kustomizations are those that are looked for", () => {
  const found = files.filter((object) => object?.kind === "Kustomization" && object.metadata?.namespace);

  expect(found.map(({ metadata }) => metadata.name).sort()).toEqual(Object.values(kustomizations).sort());
});

test("Karpenter's nodes start with the taint that the node group's have", () => {
  expect(projectFile("gitops/karpenter/nodepools/default.yaml")).toContain(`key: ${startupTaint}`);
});
