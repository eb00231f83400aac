import { sayChanges } from "../../../operations/hubble/forward";

test("a line is said once until another is, with everything in it that could not be seen", () => {
  const lines: string[] = [];
  const say = sayChanges((line) => lines.push(line));
  say("forwarding to hubble-ui-1");
  say("forwarding to hubble-ui-1");
  say("x\u001b[2J\ny\u202ez");
  say("forwarding to hubble-ui-1");

  expect(lines).toEqual(["forwarding to hubble-ui-1", "x\\u{1b}[2J\\ny\\u{202e}z", "forwarding to hubble-ui-1"]);
});
