/** What a validation found wrong, by GitHub's names. */
export interface Problem {
  readonly resource: string;
  readonly code: string;
  readonly field: string;
  /**
   * In words.
   * @default - the code says it
   */
  readonly message?: string;
}

/** An answer other than success, with GitHub's words. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }

  /** The body of the answer. */
  get body(): object {
    const { status, message, problems } = this;
    const documentation_url = "https://docs.github.com/rest";
    return { message, ...(problems.length > 0 ? { errors: problems } : {}), documentation_url, status: String(status) };
  }
}

export function notFound(message = "Not Found"): HttpError {
  return new HttpError(404, message);
}

export function unprocessable(message: string): HttpError {
  return new HttpError(422, message);
}

export function invalid(resource: string, field: string, message: string): HttpError {
  return new HttpError(422, "Validation Failed", [{ resource, code: "custom", field, message }]);
}

/** Fields of the body that a call cannot do without. */
export function notSupplied(...fields: readonly string[]): HttpError {
  const verb = fields.length > 1 ? "weren't" : "wasn't";
  return unprocessable(`Invalid request.\n\n${fields.map((field) => `"${field}"`).join(", ")} ${verb} supplied.`);
}

export function archived(): HttpError {
  return new HttpError(403, "Repository was archived so is read-only.");
}
