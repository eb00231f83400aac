/** The name that somebody most probably meant, if one is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => candidate.startsWith(name.slice(0, 3)));
}
