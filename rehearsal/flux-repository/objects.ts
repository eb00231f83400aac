/** An object of Kubernetes as a checkout has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** @default - it is in no namespace, or in `default` */
    readonly namespace?: string;
    /** @default - none */
    readonly labels?: Readonly<Record<string, string>>;
    /** @default - none */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** @default - its kind has none */
  readonly spec?: Readonly<Record<string, unknown>> | null;
  readonly [member: string]: unknown;
}

/** An object, and the file that it is in. */
export interface FoundObject {
  /** Below the root of the checkout. */
  readonly file: string;
  readonly manifest: Manifest;
}

/** Something that no API server was asked about, or that Flux could not have sent to one. */
export interface Remark {
  /** Below the root of the checkout. */
  readonly file: string;
  /** `HelmRelease web/podinfo`; undefined if it is about the file. */
  readonly object: string | undefined;
  readonly words: string;
}

/** Returns how people call an object: `Deployment web/podinfo`. */
export function nameOf({ kind, metadata: { name, namespace } }: Manifest): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** Returns what a YAML parser complains of, without the lines that it quotes below. */
export function firstLine({ message }: Error): string {
  return message.replace(/:?\n.*/s, "");
}
