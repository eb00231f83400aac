import { readFileSync } from "node:fs";

/** Returns the text of a file of this project. Programs run in the project's folder, as CDKTF itself takes for granted. */
export function projectFile(path: string): string {
  return readFileSync(path, "utf8");
}

/** Returns text in which Terraform sees no templates: Flux's variables are written `${…}` too. */
export function literal(text: string): string {
  return text.replaceAll(/([$%])\{/g, "$1$1{");
}
