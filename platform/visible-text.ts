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

/** Returns what another program prints to a terminal as `visible` does, with its colours. */
export function visibleOutput(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  const colours = /(\u001b\[[\d;]*m)/;
  return text
    .split(colours)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join("");
}
