import {
  type Disposition,
  discrepancies,
  type Finding,
  readDispositions,
} from "../../../scripts/security/dispositions";

const asks = "Ensure that it is closed";
const door: Finding = { check: "CKV_HOUSE_1", asks, resource: "house_door.front" };
const accepted: Disposition = {
  check: "CKV_HOUSE_1",
  asks,
  resources: ["house_door.*"],
  verdict: "accepted",
  reason: "Guests come.",
};

test.each<[string, Finding[], Disposition[], string[]]>([
  ["what is found and accepted fits", [door], [accepted], []],
  ["what is mended and not found fits", [], [{ ...accepted, verdict: "mended" }], []],
  ["what nobody has thought of is said", [door], [], [`CKV_HOUSE_1 house_door.front has no disposition: ${asks}`]],
  [
    "a star stands for any characters, and a period for itself alone",
    [
      { ...door, resource: "house_door_front" },
      { ...door, resource: "my.house_door.front" },
    ],
    [{ ...accepted, resources: ["house_door.*", "*.house_door.front"] }],
    [`CKV_HOUSE_1 house_door_front has no disposition: ${asks}`],
  ],
  ["what is gone is said", [], [accepted], ["CKV_HOUSE_1 house_door.* is not found any more"]],
  [
    "what comes back is said",
    [door],
    [{ ...accepted, verdict: "mended" }],
    ["CKV_HOUSE_1 house_door.front was mended, and is found again"],
  ],
  ["two opinions are said", [door], [accepted, accepted], ["CKV_HOUSE_1 house_door.front has several dispositions"]],
  [
    "other words than Checkov's are said",
    [{ ...door, asks: "Close it" }],
    [accepted],
    [`CKV_HOUSE_1 house_door.front asks 'Close it', not '${asks}'`],
  ],
])("%s", (_, findings, dispositions, lines) => {
  expect(discrepancies(findings, dispositions)).toEqual(lines);
});

test("each disposition in the file can be read, and says why", () => {
  expect(readDispositions().filter(({ reason }) => reason.trim().length < 5)).toEqual([]);
});
