import { Sensitive, Unknown } from "./value";

/** Forms that keys and tokens have, whatever holds them: AWS, GitHub, GitLab, Slack, Stripe, Google, npm, HCP Terraform, Vault, age, and PEM. */
const forms = [
  "\\bAKIA[0-9A-Z]{16}\\b",
  "\\bgh[opsur]_[0-9A-Za-z]{36,}\\b",
  "\\bgithub_pat_\\w{30,}\\b",
  "\\bglpat-[\\w-]{20,}",
  "\\bxox[abeoprs]-[\\w-]{10,}",
  "\\b[rs]k_(?:live|test)_[0-9A-Za-z]{16,}\\b",
  "\\bAIza[\\w-]{35}",
  "\\bnpm_[0-9A-Za-z]{36}\\b",
  "\\b[0-9A-Za-z]{14}\\.atlasv1\\.[\\w-]{60,}",
  "\\bhvs\\.[\\w-]{24,}",
  "\\bAGE-SECRET-KEY-1[0-9A-Z]{58}\\b",
  '-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$|(?="))',
].join("|");
const any = new RegExp(forms);

/** A part of each form, which takes a tenth of the time to look for. */
const hint =
  /AKIA|gh[opsur]_|github_pat_|glpat-|xox[a-z]-|k_(?:live|test)_|AIza|npm_|\.atlasv1\.|hvs\.|AGE-SECRET|PRIVATE KEY/;

/** Returns whether a text holds anything that has the form of a key or a token. */
export function holdsToken(text: string): boolean {
  return hint.test(text) && any.test(text.replaceAll(/\\(?:u[0-9a-f]{4}|.)/g, " "));
}

/** Returns a value with a number in place of each key or token in its texts: the same for the same one, so that a change is seen. */
export function withoutTokens<Whole>(value: Whole): Whole {
  const numbers = new Map<string, number>();
  const each = new RegExp(forms, "g");
  const inText = (text: string) =>
    text.replace(each, (token) => {
      numbers.set(token, numbers.get(token) ?? numbers.size + 1);
      return `(key or token ${numbers.get(token)}, not shown)`;
    });
  const inside = (inner: unknown): unknown => {
    if (typeof inner === "string") {
      return inText(inner);
    }
    if (typeof inner !== "object" || inner === null || inner instanceof Sensitive || inner instanceof Unknown) {
      return inner;
    }
    return Array.isArray(inner)
      ? inner.map(inside)
      : Object.fromEntries(Object.entries(inner).map(([key, member]) => [inText(key), inside(member)]));
  };
  return inside(value) as Whole;
}
