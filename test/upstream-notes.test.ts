import { newestRelease, releases } from "../releases/all";
import { compareVersions } from "../releases/compatibility";
import { allUpstreamNotes, upstreamNotes } from "../releases/upstream-notes";

const [oldest] = releases;

test("every note is of a version that an upgrade crosses: others would never be read", () => {
  const crossed = upstreamNotes(oldest, newestRelease);

  expect(allUpstreamNotes.filter((note) => !crossed.includes(note))).toEqual([]);
});

test("a note is read by the step that crosses its version, and by no other", () => {
  for (const note of allUpstreamNotes) {
    const readers = releases.filter((to, index) => upstreamNotes(releases[index - 1] ?? to, to).includes(note));

    expect(readers.map(({ name }) => name)).toEqual([
      releases.find((one) => compareVersions(one[note.component].version, note.version) >= 0)?.name,
    ]);
  }
});

test("every note names where it is from", () => {
  expect(allUpstreamNotes.filter(({ source }) => source === "")).toEqual([]);
});
