/** One thing that is wrong, as JSON:API says it. */
export interface Problem {
  readonly title: string;
  /**
   * In words.
   * @default - the title says it
   */
  readonly detail?: string;
  /**
   * Where in the body, as `/data/attributes/name`.
   * @default - nowhere
   */
  readonly pointer?: string;
}

/** An answer other than success. */
export class ApiError extends Error {
  readonly problems: readonly Problem[];

  constructor(
    readonly status: number,
    ...problems: readonly Problem[]
  ) {
    super(problems.map(({ title, detail }) => detail ?? title).join("; "));
    this.problems = problems;
  }

  /** The body of the answer. */
  get body(): object {
    return {
      errors: this.problems.map(({ title, detail, pointer }) => ({
        status: String(this.status),
        title,
        ...(detail === undefined ? {} : { detail }),
        ...(pointer === undefined ? {} : { source: { pointer } }),
      })),
    };
  }
}

/** Says that something is not there, or that the token may not see it or do it: HCP does not tell which. */
export function notFound(): ApiError {
  return new ApiError(404, { title: "not found" });
}

export function conflict(detail: string): ApiError {
  return new ApiError(409, { title: "conflict", detail });
}

/** Says that an attribute is wrong. */
export function invalid(attribute: string, detail: string): ApiError {
  return new ApiError(422, { title: "invalid attribute", detail, pointer: `/data/attributes/${attribute}` });
}
