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
  /** Throws unless somebody agrees to what has the cluster's tags, or Helm's labels. It is asked for once. */
  toOwn(): Promise<void>;
  /** Returns whether somebody agrees to one thing that has none, by the address of its resource. */
  toOne(address: string, question: string): Promise<boolean>;
}

export function consentOf({ clusterName, yes, confirmed, signal }: ConsentProps): Consent {
  let given = false;
  const answers = new Map<string, boolean>();
  return {
    toOwn: async () => {
      if (!given) {
        await confirm({ clusterName, yes, question: "Type the cluster's name to have that done: ", signal });
        given = true;
      }
    },
    toOne: async (address, question) => {
      const agreed = answers.get(address) ?? (confirmed.includes(address) || (await isAnsweredYes(question, signal)));
      answers.set(address, agreed);
      return agreed;
    },
  };
}

async function isAnsweredYes(question: string, signal: AbortSignal): Promise<boolean> {
  return (
    process.stdin.isTTY && (await answerTo(`${question} Type yes, or anything else to leave it: `, signal)) === "yes"
  );
}
