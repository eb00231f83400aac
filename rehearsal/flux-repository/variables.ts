import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments, stringify } from "yaml";

import { clusterVariablesName, fluxNamespace } from "../../platform/names";
import { stackName } from "../../platform/parts";
import { synthesize } from "../terraform/synthesize";
import { unescaped } from "../terraform/terraform-text";
import { machineEnvironment } from "../world/environment";
import { specOf } from "./kustomization";
import { type FoundObject, firstLine, type Manifest } from "./objects";
import { substituted, type Variables } from "./substitution";

/** Data of ConfigMaps, by namespace and name: `flux-system/cluster-variables`. */
export type ConfigMaps = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Returns the ConfigMap that Terraform gives Flux, as the bootstrap stack has it. What only AWS knows is `sample-` and its name there. */
export async function clusterVariablesOf(cluster: string, folder: string, signal: AbortSignal): Promise<ConfigMaps> {
  const stacks = await synthesize({ project: ".", folder, environment: machineEnvironment(process.env), signal });
  const bootstrap = stacks.find(({ name }) => name === stackName(cluster, "bootstrap"));
  const { resource } = JSON.parse(readFileSync(join(bootstrap?.folder ?? "", "cdk.tf.json"), "utf8"));
  const data: Readonly<Record<string, string>> = resource.kubernetes_config_map_v1.flux_variables.data;
  const values = Object.entries(data).map(([name, value]) => [
    name,
    unescaped(value.replaceAll(/(?<!\$)\$\{[^}]*?(\w+)\}/g, (_, output: string) => sample(output))),
  ]);
  return { [`${fluxNamespace}/${clusterVariablesName}`]: Object.fromEntries(values) };
}

/** Returns what stands for a value that is not known, and could be a part of a name. */
function sample(output: string): string {
  return `sample-${output.replaceAll("_", "-")}`;
}

/** Returns the variables of a Flux Kustomization; undefined if it fills none in. */
export function variablesOf(kustomization: Manifest, configMaps: ConfigMaps): Variables | undefined {
  const { postBuild } = specOf(kustomization);
  if (!postBuild) {
    return undefined;
  }
  const sources = (postBuild.substituteFrom ?? []).map(({ kind, name }) => {
    const place = `${kustomization.metadata.namespace ?? "default"}/${name}`;
    return { place: `${kind} ${place}`, data: kind === "ConfigMap" ? configMaps[place] : undefined };
  });
  return {
    values: Object.assign({}, ...sources.map(({ data }) => data), postBuild.substitute),
    unknownSources: sources.filter(({ data }) => data === undefined).map(({ place }) => place),
  };
}

/** An object with its variables filled in, or why that cannot be. */
export type Filled = { readonly object: FoundObject } | { readonly problem: string; readonly isFault: boolean };

/** Fills the variables of an object in, in its YAML, as Flux does: a value may be a number, or a whole list. */
export function filled(found: FoundObject, variables: Variables | undefined): Filled {
  const { labels, annotations } = found.manifest.metadata;
  if (variables === undefined || [labels, annotations].some((all) => all?.[substitution] === "disabled")) {
    return { object: found };
  }
  const { text, unknown } = substituted(stringify(found.manifest, { lineWidth: 0 }), variables);
  if (unknown.length > 0) {
    const sources = variables.unknownSources.join(" and ");
    const where = sources === "" ? "which is an expression that only Flux knows" : `of ${sources}, not in the checkout`;
    return { problem: `needs ${unknown.map((name) => `\${${name}}`).join(", ")}, ${where}`, isFault: false };
  }
  const [document] = parseAllDocuments(text);
  const [error] = document?.errors ?? [];
  return error === undefined
    ? { object: { ...found, manifest: document?.toJS() } }
    : { problem: `is no YAML once its variables are filled in: ${firstLine(error)}`, isFault: true };
}

const substitution = "kustomize.toolkit.fluxcd.io/substitute";
