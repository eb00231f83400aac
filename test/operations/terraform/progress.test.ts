import { progressOf } from "../../../operations/terraform/progress";

let written = "";

/** A terminal of this width, or a pipe. */
function terminal(columns?: number): NodeJS.WriteStream {
  written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  return { isTTY: columns !== undefined, columns, write } as NodeJS.WriteStream;
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

/** What stands on the line in the end, and whether anything comes after it. */
function lines(): string[] {
  return written.split("\n").map((line) => line.split("\r\u001b[K").at(-1) ?? "");
}

test("one line says what is done and for how long, even while nothing happens", () => {
  const progress = progressOf("demo-network", terminal(80));
  progress.phase("init");
  jest.advanceTimersByTime(3000);
  expect(lines()).toEqual(["demo-network  init  3 s"]);

  progress.end("planned");
  jest.advanceTimersByTime(3000);
  expect(lines()).toEqual(["demo-network  planned  3 s", ""]);
});

test("a narrow terminal gets a line that does not wrap", () => {
  progressOf("demo-network", terminal(10)).phase("init");

  expect(lines()).toEqual(["demo-netw"]);
});

test("a pipe gets nothing", () => {
  const progress = progressOf("demo-network", terminal());
  progress.phase("init");
  jest.advanceTimersByTime(3000);
  progress.end("planned");

  expect(written).toBe("");
});
