import type { Connection } from "../../operations/connection";

/** Returns a connection to an AWS and a Kubernetes that end texts in a text of somebody else: those of members with some names. */
export function poisoned(connection: Connection, members: RegExp, poison: string): Connection {
  const poisonedValue = (value: unknown, member: string): unknown => {
    if (typeof value === "string") {
      return members.test(member) ? value + poison : value;
    }
    if (Array.isArray(value)) {
      return value.map((item) => poisonedValue(item, member));
    }
    return typeof value === "object" && value !== null && !(value instanceof Date)
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisonedValue(inner, name)]))
      : value;
  };
  const change = (answer: unknown) => poisonedValue(answer, "");
  return {
    ...connection,
    aws: withAnswers(connection.aws, change),
    describe: async () => change(await connection.describe()) as Awaited<ReturnType<Connection["describe"]>>,
    kubernetes: async () => withAnswers(await connection.kubernetes(), change),
  };
}

/** Returns clients, by their names, whose methods promise what `change` makes of the answers. */
function withAnswers<Clients extends object>(clients: Clients, change: (answer: unknown) => unknown): Clients {
  return Object.fromEntries(
    Object.entries(clients).map(([name, client]) => [
      name,
      typeof client !== "object" ? client : new Proxy(client, { get: (target, method) => changed(target, method) }),
    ]),
  ) as Clients;

  function changed(target: object, method: string | symbol): unknown {
    const member: unknown = Reflect.get(target, method);
    return typeof member !== "function"
      ? member
      : (...given: readonly unknown[]) => {
          const result: unknown = Reflect.apply(member, target, given);
          return result instanceof Promise ? result.then(change) : result;
        };
  }
}
