import { type CheckResult, holds } from "../../../operations/verify/check";
import { progressInLog, progressOnTerminal } from "../../../operations/verify/waiting-display";

const broken: CheckResult = { id: "a", title: "a", state: "broken", found: "no", cause: "x", next: "y" };
const held: CheckResult = { id: "a", title: "a", ...holds("yes") };

test("a log has a line for each change, and none for what held from the start", () => {
  const log: string[] = [];
  const show = progressInLog(
    (text) => log.push(text),
    () => new Date("2026-11-23T10:00:00Z"),
  );
  const other: CheckResult = { id: "b", title: "b", ...holds("3 min") };
  show([broken, other]);
  show([broken, { ...other, found: "4 min" }]);
  show([held, other]);

  expect(log).toEqual(["10:00:00 broken: a: no\n", "10:00:00 holds: a: yes\n"]);
});

test("a log has no line for what has only got older", () => {
  const log: string[] = [];
  const show = progressInLog((text) => log.push(text));
  show([{ ...broken, found: "changed 55 s ago, after 3 of 3 agents had read it" }]);
  show([{ ...broken, found: "changed 1 min ago, after 3 of 3 agents had read it" }]);
  show([{ ...broken, found: "changed 1 min ago, after 2 of 3 agents had read it" }]);

  expect(log).toHaveLength(2);
});

test("on a terminal, each look stands where the one before stood, and never higher than the screen", () => {
  const screen: string[] = [];
  const size = { columns: 40, rows: 10 };
  // As a terminal does: up, erase what is below, write; what is above the first row stays for ever.
  const show = progressOnTerminal(
    (text) => {
      const [, up = "0", lines = ""] = /^(?:<(\d+)A)?<0J([\s\S]*)$/.exec(text.replaceAll("\u001b[", "<")) ?? [];
      expect(Number(up)).toBeLessThan(size.rows);
      screen.splice(screen.length - Number(up));
      screen.push(...lines.split("\n").slice(0, -1));
    },
    () => size,
  );
  show([broken]);
  show(Array.from({ length: 20 }, (_, index) => ({ ...broken, id: `${index}`, found: "n".repeat(60) })));
  expect(screen).toHaveLength(9);
  expect(screen.at(-1)).toMatch(/^and \d+ lines more$/);

  show([broken]);
  expect(screen[0]).toContain("broken");
  show([held]);
  expect(screen).toEqual([]);
});

test("what a cluster says can neither move the cursor of a terminal nor begin a line of a log", () => {
  const found = "bad\u001b[2J\n10:00:00 holds: a: yes\u202e";
  const log: string[] = [];
  const screen: string[] = [];
  progressInLog(
    (text) => log.push(text),
    () => new Date("2026-11-23T10:00:00Z"),
  )([{ ...broken, found }]);
  progressOnTerminal(
    (text) => screen.push(text),
    () => ({ columns: 120, rows: 10 }),
  )([{ ...broken, found }]);

  const seen = "bad\\u{1b}[2J\\n10:00:00 holds: a: yes\\u{202e}";
  expect(log).toEqual([`10:00:00 broken: a: ${seen}\n`]);
  expect(screen.join("")).toContain(seen);
});
