/** Wraps a question so that it is asked once for each list of parameters. A failure is kept as well. */
export type Once = <Parameters extends readonly string[], Answer>(
  subject: string,
  ask: (...parameters: Parameters) => Promise<Answer>,
) => (...parameters: Parameters) => Promise<Answer>;

/** Returns a `Once` that knows no answers yet. */
export function answersByQuestion(): Once {
  const answers = new Map<string, Promise<unknown>>();
  return <Parameters extends readonly string[], Answer>(
    subject: string,
    ask: (...parameters: Parameters) => Promise<Answer>,
  ) =>
    (...parameters: Parameters) => {
      const question = [subject, ...parameters].join(" ");
      const answer = (answers.get(question) as Promise<Answer> | undefined) ?? ask(...parameters);
      answers.set(question, answer);
      return answer;
    };
}
