import { newestRelease, releases } from "../releases/all";
import { compareVersions } from "../releases/compatibility";
import { allUpstreamNotes, unreadNotes, upstreamNotes } from "../releases/upstream-notes";

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

/** What nobody has read of a step that changes Cilium alone. */
function unreadOfCilium(from: string, to: string) {
  const of = (version: string) => ({ ...newestRelease, cilium: { ...newestRelease.cilium, version } });
  return unreadNotes(of(from), of(to)).map(({ after, upTo }) => `${after} -> ${upTo}`);
}

test("versions whose notes nobody has read are told from those whose notes ask nothing", () => {
  const [before, after] = [oldest.cilium.version, newestRelease.cilium.version];

  expect(unreadOfCilium(before, after)).toEqual([]);
  expect(unreadOfCilium(before, "1.99.0")).toEqual([`${after} -> 1.99.0`]);
  expect(unreadOfCilium(after, "1.99.0")).toEqual([`${after} -> 1.99.0`]);
  expect(unreadOfCilium("1.19.0", after)).toEqual([`1.19.0 -> ${after}`]);
  expect(unreadOfCilium("1.99.0", "1.99.1")).toEqual(["1.99.0 -> 1.99.1"]);
});

test("a part that stays as it is has nothing to read, and where notes are is known of each that does not", () => {
  expect(unreadNotes(newestRelease, newestRelease)).toEqual([]);
  for (const [index, to] of releases.entries()) {
    const from = releases[index - 1] ?? to;
    const unread = unreadNotes(from, to);
    expect(
      unread.filter(({ component, where }) => where === "" || from[component].version === to[component].version),
    ).toEqual([]);
  }
});
