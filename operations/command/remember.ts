/** Asks once and keeps the answer. A failure is not kept: whoever asks next asks again. */
export function rememberSuccess<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    if (!answer) {
      answer = ask();
      answer.catch(() => {
        answer = undefined;
      });
    }
    return answer;
  };
}
