import { distance } from "fastest-levenshtein";

/** Returns the candidate that `name` most likely misspells, in whatever case, or none if it is like none of them. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  // Two letters of a short name are half of it.
  const most = name.length > 4 ? 2 : 1;
  const [closest] = candidates
    // Long texts, which are like nothing, take long to compare.
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= most)
    .sort((one, other) => one.edits - other.edits);
  return closest?.candidate;
}
