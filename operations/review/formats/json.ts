import type { Report } from "../report/report";

/** A report as JSON, in pieces: V8 has no text that is as long as that of the largest. */
export function jsonPieces({ changes, ...report }: Report): readonly string[] {
  const stacks = changes.flatMap(({ constructs, ...stack }, index) => [
    `${index === 0 ? "" : ","}${opened(stack)},"constructs":[`,
    ...constructs.flatMap(({ changes: ofConstruct, ...construct }, place) => [
      `${place === 0 ? "" : ","}${opened(construct)},"changes":[`,
      ...ofConstruct.map((change, at) => `${at === 0 ? "" : ","}\n${JSON.stringify(change)}`),
      "]}",
    ]),
    "]}",
  ]);
  return [`${opened(report)},"changes":[`, ...stacks, "]}\n"];
}

/** The JSON of an object to which more is to be added. */
function opened(value: object): string {
  return JSON.stringify(value).slice(0, -1);
}
