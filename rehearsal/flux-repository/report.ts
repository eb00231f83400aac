import { visible, visibleLine } from "../../platform/visible-text";
import type { Collection } from "./collect";
import type { Judgement } from "./judge";
import type { Remark } from "./objects";

/** Returns what is said of a checkout, a line for each thing that is not as it should be, and a last one that counts. */
export function reportText(title: string, { objects, broken, left }: Collection, judgement: Judgement): string {
  const { taken, refused, warnings, unknown } = judgement;
  const releases = objects.filter(({ manifest: { kind, apiVersion } }) => isHelmRelease(kind, apiVersion)).length;
  const groups: readonly (readonly [string, readonly Remark[]])[] = [
    ["refused", [...broken, ...refused]],
    ["warning", warnings],
    ["not judged", [...left, ...unknown]],
  ];
  const lines = groups.flatMap(([heading, remarks]) => remarks.map((remark) => remarkText(heading, remark)));
  const charts = `not judged  what the charts of ${count(releases, "HelmRelease")} make: no chart is rendered here`;
  const counts = [
    `${count(taken, "object")} taken`,
    `${broken.length + refused.length} refused`,
    `${count(warnings.length, "warning")}`,
    `${left.length + unknown.length} not judged`,
  ];
  return `${[title, ...lines, ...(releases > 0 ? [charts] : []), counts.join(", ")].join("\n")}\n`;
}

/** Returns whether Flux would come to a halt at something. */
export function hasRefusals({ broken }: Collection, { refused }: Judgement): boolean {
  return broken.length + refused.length > 0;
}

function remarkText(heading: string, { file, object, words }: Remark): string {
  const what = object === undefined ? "" : `  ${visibleLine(object)}`;
  return `${heading}  ${visibleLine(file)}${what}\n  ${visible(words).replaceAll("\n", "\n  ")}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function isHelmRelease(kind: string, apiVersion: string): boolean {
  return kind === "HelmRelease" && apiVersion.startsWith("helm.toolkit.fluxcd.io/");
}
