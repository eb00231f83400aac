import type { BuildSpec } from "./build";
import type { Manifest } from "./objects";

/** The spec of a Flux Kustomization, as somebody wrote it. */
export interface KustomizationSpec extends BuildSpec {
  /** @default - the root of the repository */
  readonly path?: string;
  /** @default - no variables are filled in */
  readonly postBuild?: PostBuild | null;
  /** @default - none, which its definition refuses */
  readonly sourceRef?: SourceRef;
}

export interface PostBuild {
  /** @default - none */
  readonly substitute?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly substituteFrom?: readonly { readonly kind: string; readonly name: string }[];
}

interface SourceRef {
  readonly kind: string;
  readonly name: string;
  /** @default - that of the Kustomization */
  readonly namespace?: string;
}

export function isKustomization({ apiVersion, kind }: Manifest): boolean {
  return kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/");
}

export function specOf({ spec }: Manifest): KustomizationSpec {
  return spec ?? {};
}

/** Returns the fields of a spec that decide what is built of its path. */
export function buildFieldsOf(spec: KustomizationSpec): BuildSpec {
  const { targetNamespace, namePrefix, nameSuffix, patches, images, components } = spec;
  const all = Object.entries({ targetNamespace, namePrefix, nameSuffix, patches, images, components });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined && value !== null));
}
