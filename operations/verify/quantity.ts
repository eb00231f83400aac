/** Suffixes of Kubernetes' quantities, and by what they multiply (Kubernetes, "Quantity"). */
const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Returns the number that a quantity means: 0.5 of `500m`, 1,073,741,824 of `1Gi`; not a number if it is none. */
export function quantity(text: string): number {
  const [, number = "", suffix = ""] = /^([\d.]+(?:e\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
  return suffix === "" ? Number(number || Number.NaN) : Number(number) * (factors[suffix] ?? Number.NaN);
}
