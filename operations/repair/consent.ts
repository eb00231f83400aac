import { answerTo, confirm } from "../command/confirm";

export interface ConsentProps {
  readonly clusterName: string;
  /** The value of `--yes`. */
  readonly yes: string | undefined;
  /** The addresses of `--confirm`. */
  readonly confirmed: readonly string[];
  readonly signal: AbortSignal;
}

/** Asks people before anything is changed. */
export interface Consent {
  /**
   * Returns whether what has the cluster's tags, or Helm's labels, may be taken over. Somebody is asked once.
   * @throws CommandError if somebody was asked, and did not agree
   */
  toOwn(): Promise<boolean>;
  /** Returns whether one thing that has none may be taken over, by the address of its resource. */
  toOne(address: string, question: string): Promise<boolean>;
  /** Returns addresses that were confirmed in advance, and about which nothing had to be asked. */
  unneeded(): readonly string[];
}

/** Agrees to nothing, and asks nobody. */
export const noConsent: Consent = { toOwn: async () => false, toOne: async () => false, unneeded: () => [] };

export function consentOf({ clusterName, yes, confirmed, signal }: ConsentProps): Consent {
  let given = false;
  const answers = new Map<string, boolean>();
  return {
    toOwn: async () => {
      if (!given) {
        await confirm({ clusterName, yes, question: "Type the cluster's name to have that done: ", signal });
        given = true;
      }
      return true;
    },
    toOne: async (address, question) => {
      const agreed = answers.get(address) ?? (confirmed.includes(address) || (await isAnsweredYes(question, signal)));
      answers.set(address, agreed);
      return agreed;
    },
    unneeded: () => confirmed.filter((address) => !answers.has(address)),
  };
}

async function isAnsweredYes(question: string, signal: AbortSignal): Promise<boolean> {
  return (
    process.stdin.isTTY && (await answerTo(`${question} Type yes, or anything else to leave it: `, signal)) === "yes"
  );
}
