import type { Plan, ResourceChange } from "../terraform/plan/plan";
import { readableChange } from "./diff/change";
import { reasonWords } from "./diff/terraform-words";
import type { Change, Noise } from "./report/report";

export const nothingDiffers = "planned as a change, and nothing in it differs that can be told apart here";

/** A change, and what it is listed under. */
interface ShownChange extends Pick<ResourceChange, "name" | "module"> {
  readonly change: Change;
  readonly construct: string;
}

/** Returns the changes that people read, and apart from these what changes nothing. */
export function changesAndNoise({ stack, changes }: Plan): {
  changes: ShownChange[];
  noise: Noise[];
} {
  const found: ShownChange[] = [];
  const noise: Noise[] = [];
  for (const resource of changes) {
    const { address, action, importing, previousAddress, unmarked } = resource;
    if (action === "read") {
      noise.push({ stack, address, why: `read at the apply: ${reasonWords(resource.reason) ?? "not before"}` });
    } else if (action !== "no-op" || importing !== undefined || previousAddress !== undefined || unmarked.length > 0) {
      const readable = readableChange(resource);
      noise.push(...readable.noise.map(({ path, why }) => ({ stack, address, path, why })));
      if (!readable.allNoise) {
        const { name, module } = resource;
        found.push({ change: readable.change, construct: constructOf(resource), name, module });
      } else if (readable.noise.length === 0) {
        noise.push({ stack, address, why: nothingDiffers });
      }
    }
  }
  return { changes: found, noise };
}

/** Returns the first word of a name, since CDKTF names resources after their path; for a resource of a module, the module. */
function constructOf({ module, name }: ResourceChange): string {
  return module === "" ? (name.split("_")[0] ?? name) : module;
}

/** Returns the words with which all names of resources begin: of `control_plane_a` and `control_plane_b`, `control_plane`. */
function commonWords(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split("_"));
  const end = first.findIndex((word, index) => others.some((words) => words[index] !== word));
  return (end < 0 ? first : first.slice(0, end)).join("_");
}

/** Returns changes by construct, in the order of the first of each. */
export function byConstruct(changes: readonly ShownChange[]) {
  const constructs = [...new Set(changes.map(({ construct }) => construct))];
  return constructs.map((one) => {
    const own = changes.filter(({ construct }) => construct === one);
    const isModule = own.some(({ module }) => module !== "");
    return {
      name: isModule ? one : commonWords(own.map(({ name }) => name)),
      changes: own.map(({ change }) => change),
    };
  });
}
