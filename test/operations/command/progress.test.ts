import { showLiveLine, showProgress } from "../../../operations/command/progress";

let written = "";

/** A terminal of this width, or a log. */
function stream(columns?: number): NodeJS.WriteStream {
  written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  return { isTTY: columns !== undefined, columns, write } as NodeJS.WriteStream;
}

beforeEach(() => {
  jest.useFakeTimers({ now: new Date("2026-11-02T14:03:00Z") });
});

afterEach(() => {
  jest.useRealTimers();
});

/** What stands on each line in the end. */
function lines(): string[] {
  return written.split("\n").map((line) => line.split("\r\u001b[K").at(-1) ?? "");
}

test("in a terminal one line says what is done and for how long, even while nothing happens", () => {
  const progress = showProgress("demo-network", stream(80));
  progress.phase("init");
  jest.advanceTimersByTime(3000);
  expect(lines()).toEqual(["demo-network  init  3 s"]);

  progress.end("planned");
  jest.advanceTimersByTime(3000);
  expect(lines()).toEqual(["demo-network  planned  3 s", ""]);
});

test("a narrow terminal gets a line that does not wrap", () => {
  showProgress("demo-network", stream(10)).phase("init");
  jest.advanceTimersByTime(2000);

  expect(lines()).toEqual(["demo-netw"]);
});

test.each([80, undefined])("what takes less than two seconds says nothing (columns: %p)", (columns) => {
  const progress = showProgress("demo-network", stream(columns));
  progress.phase("init");
  jest.advanceTimersByTime(1900);
  progress.end("planned");
  jest.advanceTimersByTime(5000);

  expect(written).toBe("");
});

test("the line goes where somebody else says what came of it", () => {
  const progress = showProgress("verify", stream(80));
  progress.phase("31 checks");
  jest.advanceTimersByTime(3000);
  progress.clear();
  jest.advanceTimersByTime(3000);

  expect(lines()).toEqual([""]);
});

test("a log gets a line with the time when something else is done, and none when only a count goes on", () => {
  const progress = showProgress("demo-network", stream());
  progress.phase("init");
  jest.advanceTimersByTime(2000);
  progress.phase("refresh 1/29");
  jest.advanceTimersByTime(1000);
  progress.phase("refresh 2/29");
  progress.end("planned");

  expect(written).toBe(
    ["14:03:02 demo-network: init", "14:03:02 demo-network: refresh 1/29", "14:03:03 demo-network: planned", ""].join(
      "\n",
    ),
  );
});

test("what prints lines of its own takes the line away for them, and a log is told nothing", () => {
  const progress = showLiveLine("Delete NodePools", stream(80));
  progress.phase("3 left");
  jest.advanceTimersByTime(2000);
  progress.hide();
  jest.advanceTimersByTime(2000);
  expect(lines()).toEqual([""]);

  progress.phase("3 left");
  expect(lines()).toEqual(["Delete NodePools  3 left  4 s"]);
  progress.clear();

  showLiveLine("Delete NodePools", stream()).phase("3 left");
  jest.advanceTimersByTime(5000);
  expect(written).toBe("");
});
