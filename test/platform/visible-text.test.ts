import { shortLine, shortMessage, visible, visibleJson, visibleLine, visibleOutput } from "../../platform/visible-text";

test.each([
  ["an escape that clears the screen", "\u001b[2J", "\\u{1b}[2J"],
  ["an escape that writes the clipboard", "\u001b]52;c;aGk=\u0007", "\\u{1b}]52;c;aGk=\\u{7}"],
  ["a carriage return, which writes over a line", "a\rb", "a\\u{d}b"],
  ["a control of eight bits", "\u009b2J", "\\u{9b}2J"],
  ["a mark that turns the direction", "a\u202eb", "a\\u{202e}b"],
  ["a Hangul filler", "a\u115fb", "a\\u{115f}b"],
  ["another Hangul filler", "a\u3164b", "a\\u{3164}b"],
  ["a grapheme joiner", "a\u034fb", "a\\u{34f}b"],
  ["a variation selector", "a\ufe0fb", "a\\u{fe0f}b"],
  ["an empty Braille pattern", "a\u2800b", "a\\u{2800}b"],
  ["a tag character", "a\u{e0041}b", "a\\u{e0041}b"],
  ["a lone surrogate", "a\ud800b", "a\\u{d800}b"],
  ["a line separator", "a\u2028b", "a\\u{2028}b"],
])("%s is shown as what it is", (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test("text that people can see stays as it is", () => {
  const text = "größer → 漢字 ✓ é 🛑\n\tnext";

  expect(visible(text)).toBe(text);
});

test("where a line is expected, a line end is spelled out", () => {
  expect(visibleLine("one\n31 hold\tall")).toBe("one\\n31 hold\\tall");
});

test("of what another program prints to a terminal, colours stay and all other escapes do not", () => {
  expect(visibleOutput("\u001b[1;32mdone\u001b[0m\u001b[2J\n")).toBe("\u001b[1;32mdone\u001b[0m\\u{1b}[2J\n");
});

test("a line that is longer than people read is cut, with its length said", () => {
  expect(shortLine(`${"a".repeat(3_999)}\n`)).toBe(
    `${"a".repeat(3_999)}\\n`.slice(0, 4_000).concat(" … (cut: 4000 characters in all)"),
  );
  expect(shortLine("b".repeat(100_000))).toBe(`${"b".repeat(4_000)} … (cut: 100000 characters in all)`);
  expect(shortLine(shortMessage("\u001b".repeat(100_000)))).toMatch(
    /^(\\u\{1b\})+.* … \(cut: 100000 characters in all\)$/,
  );
});

test("JSON with text that could not be seen is read back as it was", () => {
  const value = { text: "a\u009b2J\u202e\u007f\u2028\u{e0041}\nü" };
  const json = visibleJson(value);

  expect(json).toBe('{"text":"a\\u009b2J\\u202e\\u007f\\u2028\\udb40\\udc41\\nü"}');
  expect(JSON.parse(json)).toEqual(value);
});
