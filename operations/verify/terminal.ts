import { createColors } from "picocolors";

import { type Result, type State, states } from "./check";

/** A line a check, and below what is wrong, why and what to do. */
export function terminal(results: readonly Result[], colour: boolean): string {
  const { bold, dim, green, red, yellow } = createColors(colour);
  const colours: Readonly<Record<State, (text: string) => string>> = {
    holds: green,
    broken: red,
    "not asked": dim,
    "could not ask": yellow,
  };
  const widest = Math.max(...states.map(({ length }) => length));
  const titles = Math.max(...results.map(({ title }) => title.length));
  const indent = " ".repeat(widest + 2);

  const lines = results.flatMap(({ state, title, found, cause, next }, index) => {
    const said = results.findIndex((other) => other.state === "could not ask" && other.found === found);
    // One reason keeps most from being asked: said once, it is seen.
    const again = state === "could not ask" && said < index;
    const head = `${colours[state](state.padEnd(widest))}  ${bold(title.padEnd(titles))}  `;
    return again
      ? [`${head}${dim("as above")}`]
      : [
          `${head}${found}`,
          ...(cause === undefined ? [] : [`${indent}likely: ${cause}`]),
          ...(next === undefined ? [] : [`${indent}next:   ${next}`]),
        ];
  });
  const counts = states
    .map((state) => [state, results.filter((result) => result.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${words[state]}`);
  return `${[...lines, "", counts.join(", ")].join("\n")}\n`;
}

const words: Readonly<Record<State, string>> = {
  holds: "hold",
  broken: "broken",
  "not asked": "not asked",
  "could not ask": "could not be asked",
};
