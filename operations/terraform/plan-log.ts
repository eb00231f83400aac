/** An error that Terraform reports. */
export interface Diagnostic {
  /** What is wrong, in Terraform's words. */
  readonly text: string;
  /** Name of the stack's part whose state it is about, if that state lacks what is read of it. */
  readonly lacking: string | undefined;
}

/** What `terraform plan -json` says, read while it says it. */
export interface PlanLog {
  readonly read: (text: string) => void;
  /** What went wrong; `errors` is what Terraform printed beside the log. */
  readonly diagnostics: (errors: string) => readonly Diagnostic[];
}

/** A line of the log (https://developer.hashicorp.com/terraform/internals/machine-readable-ui). */
interface Entry {
  readonly type: string | undefined;
  readonly hook: { readonly action: string | undefined } | undefined;
  readonly diagnostic: LoggedDiagnostic | undefined;
}

interface LoggedDiagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address: string | undefined;
  readonly snippet: { readonly code: string } | null | undefined;
}

/** Reads a log, and tells `onPhase` what Terraform is doing. */
export function planLog(onPhase: (name: string) => void): PlanLog {
  const refreshed = { begun: 0, done: 0 };
  const reported: Diagnostic[] = [];
  // A run in HCP Terraform is logged for people.
  const prose: string[] = [];
  let rest = "";

  const take = (line: string) => {
    const entry = parsed(line);
    if (!entry) {
      prose.push(line);
    } else if (entry.type === "diagnostic" && entry.diagnostic?.severity === "error") {
      const { summary, detail, address, snippet } = entry.diagnostic;
      reported.push({
        text: [address, summary, detail].filter((part) => part).join(": "),
        lacking: lacking(summary, `${address} ${snippet?.code}`),
      });
    } else if (entry.type === "planned_change" || entry.type === "change_summary") {
      onPhase("plan");
    } else if (entry.type?.startsWith("refresh_") || entry.hook?.action === "read") {
      refreshed[entry.type?.endsWith("_start") ? "begun" : "done"] += 1;
      onPhase(`refresh ${refreshed.done}/${refreshed.begun}`);
    }
  };

  return {
    read: (text) => {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(take);
    },
    diagnostics: (errors) => {
      const said = unframed([...prose, rest, errors].join("\n"));
      return reported.length > 0 ? reported : [{ text: said, lacking: lacking(said, said) }];
    },
  };
}

/** An error as Terraform prints it for people, without the frame that it draws. */
export function unframed(text: string): string {
  return text.replaceAll(/^[╷│╵] ?/gm, "").trim();
}

function lacking(summary: string, place: string): string | undefined {
  return /Unable to find remote state|Unsupported attribute/.test(summary)
    ? /data\.terraform_remote_state\.(\w+)/.exec(place)?.[1]
    : undefined;
}

function parsed(line: string): Entry | undefined {
  try {
    return line.startsWith("{") ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}
