import { lineWriter } from "../../../operations/command/line-writer";

test("another program's lines keep their colours, and nothing else in them moves the cursor", () => {
  const written: string[] = [];
  const { write, end } = lineWriter({ write: (text: string) => written.push(text) > 0 });
  write("\u001b[1mplan");
  write("ned\u001b[");
  write("0m\n\u001b[2Jforged\nand more");
  end();

  expect(written.join("")).toBe("\u001b[1mplanned\u001b[0m\n\\u{1b}[2Jforged\nand more\n");
});
