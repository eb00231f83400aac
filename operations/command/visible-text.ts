// Controls, which could move the cursor, and marks that turn the direction of what follows or have no width; not line ends and tabs.
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

// Nearly all text, and to look for each mark in it would be a tenth of the time that a large report takes.
const ordinary = /^[ -~]*$/;

/** Text from a plan with everything in it that would not be seen as what it is, spelled out: `\u{202e}`. */
export function visible(text: string): string {
  return ordinary.test(text)
    ? text
    : text.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The same, on one line. */
export function visibleLine(text: string): string {
  return ordinary.test(text) ? text : visible(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
