import { CommandError, Failure } from "../../../operations/command/failure";
import { errorReport, placeOfError } from "../../../operations/command/report-error";

test("of an error that people can act on, they see what failed and what to do next, and no stack", () => {
  const failure = new Failure("unreachable", "the API does not answer", "check the way to the internet");

  expect(errorReport(failure)).toEqual({
    text: "error: the API does not answer\n  next: check the way to the internet\n",
    exitCode: 1,
  });
});

test("an error says what the command ends with", () => {
  expect(errorReport(new CommandError("deletion protection is on", { exitCode: 2 })).exitCode).toBe(2);
});

test("a file that is missing is nobody's mistake but a fact", () => {
  const missing = Object.assign(new Error("ENOENT: no such file or directory, open 'x'"), {
    code: "ENOENT",
    syscall: "open",
  });

  expect(errorReport(missing).text).toBe("error: ENOENT: no such file or directory, open 'x'\n");
});

test("an error that nobody foresaw shows where it happened, what caused it, and where to report it", () => {
  const cause = new RangeError("too long");
  const { text, exitCode } = errorReport(new TypeError("items is undefined", { cause }));

  expect(exitCode).toBe(1);
  expect(text).toMatch(
    /^error: items is undefined\n {4}at .*report-error\.test\.ts:\d+:\d+.*\n {2}caused by RangeError: too long\n {4}at .*\n.*\n {2}next: .*report it/s,
  );
});

test("text of others in a message cannot write over what stands before it", () => {
  const { text } = errorReport(new CommandError("'\u001b[2J\u202e' is no cluster"));

  expect(text).toBe("error: '\\u{1b}[2J\\u{202e}' is no cluster\n");
});

test("the place of an error is that of the source", () => {
  expect(placeOfError(new Error("x"))).toMatch(/^test\/operations\/command\/report-error\.test\.ts:\d+:\d+$/);
});

test("a line of a message that looks like a place is none, and moves no cursor", () => {
  const error = new TypeError("no\n    at \u001b[2Jforged (operations/forged.ts:1:1)");

  expect(placeOfError(error)).toMatch(/report-error\.test\.ts/);
  expect(errorReport(error).text).not.toContain("\u001b");
});
