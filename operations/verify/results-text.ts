import { createColors } from "picocolors";

import { shortLine, visibleJson } from "../../platform/visible-text";
import { componentNames, componentTitles } from "../../releases/release";
import { type CheckResult, type CheckState, checkStates } from "./check";
import type { Verification } from "./verification";
import { counted } from "./wording";

const stateWidth = Math.max(...checkStates.map(({ length }) => length));

/** Returns all that was found, below which cluster it is of, when it was looked at, and by which version of the platform. */
export function verificationText(found: Verification, colour: boolean): string {
  const { cluster, region, account, time, version, release, versions, checks } = found;
  const place = account === null ? region : `${region} of account ${account}`;
  const parts = componentNames.map((name) => `${componentTitles[name]} ${versions[name]}`);
  const header = [
    `${cluster} in ${place}, ${time.replace("T", " ").replace("Z", " UTC")}`,
    `platform ${version}, release ${release}: ${parts.join(", ")}`,
  ];
  return `${header.map(shortLine).join("\n")}\n\n${resultsText(checks, colour)}`;
}

/** Returns all that was found for another program. A terminal shows it as it is read. */
export function verificationJson(found: Verification): string {
  return `${visibleJson(found, 2)}\n`;
}

/** Returns a line for each check, below it the likely cause and the next command, and at the end how many hold. */
export function resultsText(results: readonly CheckResult[], colour: boolean): string {
  const { bold, dim, green, red, yellow } = createColors(colour);
  const colours: Readonly<Record<CheckState, (text: string) => string>> = {
    holds: green,
    warning: yellow,
    broken: red,
    "not asked": dim,
    "could not ask": yellow,
  };
  const visible = results.map(visibleResult);
  const titleWidth = Math.max(...visible.map(({ title }) => title.length));
  const indent = " ".repeat(stateWidth + 2);

  const lines = visible.flatMap(({ state, title, found, cause, next }, index) => {
    const head = `${colours[state](state.padEnd(stateWidth))}  ${bold(title.padEnd(titleWidth))}  `;
    // One reason mostly keeps all checks from asking; repeated thirty times, it would hide the rest.
    const first = visible.findIndex((other) => other.state === "could not ask" && other.found === found);
    if (state === "could not ask" && first < index) {
      return [`${head}${dim("as above")}`];
    }
    return [
      `${head}${found}`,
      ...(cause === undefined ? [] : [`${indent}likely: ${cause}`]),
      ...(next === undefined ? [] : [`${indent}next:   ${next}`]),
    ];
  });
  return `${[...lines, "", countsText(results)].join("\n")}\n`;
}

/** Spells out what AWS, Kubernetes or GitHub may have put into a text to move the cursor, or to hide something. */
export function visibleResult(result: CheckResult): CheckResult {
  const { title, found, cause, next } = result;
  return {
    ...result,
    title: shortLine(title),
    found: shortLine(found),
    ...(cause === undefined ? {} : { cause: shortLine(cause) }),
    ...(next === undefined ? {} : { next: shortLine(next) }),
  };
}

function countsText(results: readonly CheckResult[]): string {
  return checkStates
    .map((state) => [state, results.filter((result) => result.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => (state === "warning" ? counted(count, state) : `${count} ${countedStates[state]}`))
    .join(", ");
}

const countedStates: Readonly<Record<Exclude<CheckState, "warning">, string>> = {
  holds: "hold",
  broken: "broken",
  "not asked": "not asked",
  "could not ask": "could not be asked",
};
