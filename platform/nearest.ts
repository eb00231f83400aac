import { closestMatch } from "leven";

/** Returns the candidate that `name` most likely misspells, in whatever case, or none if it is like none of them. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const closest = closestMatch(
    name.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
    // Two letters of a short name are half of it.
    { maxDistance: name.length > 4 ? 2 : 1 },
  );
  return candidates.find((candidate) => candidate.toLowerCase() === closest);
}
