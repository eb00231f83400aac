/** An error that Terraform reports. */
export interface Diagnostic {
  /** What is wrong, in Terraform's words. */
  readonly text: string;
  /** Which part of the cluster was not applied yet, if the error is that its state lacks an output: `network`. */
  readonly unappliedPart: string | undefined;
}

/** Reads what `terraform plan -json` prints, while it prints it. */
export interface PlanLog {
  readonly read: (text: string) => void;
  /**
   * Returns what went wrong.
   * @param errors - what Terraform printed to stderr
   */
  readonly diagnostics: (errors: string) => readonly Diagnostic[];
}

/** One line of the log (https://developer.hashicorp.com/terraform/internals/machine-readable-ui). */
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

/** @param onPhase - is told what Terraform is doing: `refresh 3/12` */
export function planLog(onPhase: (name: string) => void): PlanLog {
  const refreshed = { begun: 0, done: 0 };
  const reported: Diagnostic[] = [];
  // Lines that are not JSON: HCP Terraform logs its runs for people.
  const prose: string[] = [];
  let rest = "";

  const readLine = (line: string) => {
    const entry = entryIn(line);
    if (!entry) {
      prose.push(line);
    } else if (entry.type === "diagnostic" && entry.diagnostic?.severity === "error") {
      const { summary, detail, address, snippet } = entry.diagnostic;
      // OpenTofu adds this to each error of reading a state, which says more.
      if (!summary.endsWith(": Unable to read remote state")) {
        reported.push({
          text: [address, summary, detail].filter((part) => part).join(": "),
          unappliedPart: unappliedPart(summary, `${address} ${snippet?.code}`),
        });
      }
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
      lines.forEach(readLine);
    },
    diagnostics: (errors) => {
      const said = unframed([...prose, rest, errors].join("\n"));
      return reported.length > 0 ? reported : [{ text: said, unappliedPart: unappliedPart(said, said) }];
    },
  };
}

/** Returns an error that Terraform printed for people, without the frame that it draws around it. */
export function unframed(text: string): string {
  return text.replaceAll(/^[╷│╵] ?/gm, "").trim();
}

/** Returns the part whose state is missing, or has no such output, if the error is about that. */
function unappliedPart(summary: string, source: string): string | undefined {
  return /Unable to find remote state|Unsupported attribute/.test(summary)
    ? /data\.terraform_remote_state\.(\w+)/.exec(source)?.[1]
    : undefined;
}

function entryIn(line: string): Entry | undefined {
  try {
    return line.startsWith("{") ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}
