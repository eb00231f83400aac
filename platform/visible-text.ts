// Controls, which could move the cursor or write the clipboard; marks that turn the direction of what follows; and characters that show
// nothing (Unicode's Default_Ignorable_Code_Point, and the empty Braille pattern). Line ends and tabs are not among them.
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

// Nearly all text is such, and to look for each mark in it would be a tenth of the time that a large report takes.
const ordinary = /^[ -~]*$/;

/**
 * Returns text that others wrote (AWS, Kubernetes, GitHub, a plan, a settings file) as it is shown to people: what would not be seen as
 * what it is, is spelled out (`\u{202e}`).
 */
export function visible(text: string): string {
  return ordinary.test(text)
    ? text
    : text.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** Returns text as `visible` does, with line ends and tabs spelled out too, so that it stays on one line. */
export function visibleLine(text: string): string {
  return ordinary.test(text) ? text : visible(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}

/** Characters of a line that is longer than people read, and of a message that stands within one. */
const longestLine = 4_000;
const longestMessage = 1_000;

/** Returns text as `visibleLine` does, cut where it is longer than people read: it could push what matters off the screen. */
export function shortLine(text: string): string {
  return cut(text, longestLine);
}

/** Returns text as `shortLine` does, so short that it can be part of one. */
export function shortMessage(text: string): string {
  return cut(text, longestMessage);
}

function cut(text: string, longest: number): string {
  const line = visibleLine(text.slice(0, longest));
  return Math.max(text.length, line.length) > longest
    ? `${line.slice(0, longest)} … (cut: ${text.length} characters in all)`
    : line;
}

/** Returns JSON in which what `visible` spells out is escaped, as JSON can, so that a terminal shows it as text and a parser reads what it was. */
export function visibleJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  return ordinary.test(json) ? json : json.replace(invisible, jsonEscape);
}

function jsonEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** Returns what another program prints to a terminal as `visible` does, with its colours. */
export function visibleOutput(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  const colours = /(\u001b\[[\d;]*m)/;
  return text
    .split(colours)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join("");
}
