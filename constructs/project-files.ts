import { readFileSync } from "node:fs";

import { componentNames, type Release } from "../releases/release";

/** Returns the text of a file of this project. Programs run in the project's folder, as CDKTF itself takes for granted. */
export function projectFile(path: string): string {
  return readFileSync(path, "utf8");
}

/** Returns the text of a file of this project, with versions of a release in place of their names: `<flux>`, `<karpenter>`. */
export function releasedFile(path: string, release: Release): string {
  return componentNames.reduce((text, name) => text.replaceAll(`<${name}>`, release[name].version), projectFile(path));
}

/** Returns text in which Terraform sees no templates: Flux's variables are written `${…}` too. */
export function literal(text: string): string {
  return text.replaceAll(/([$%])\{/g, "$1$1{");
}
