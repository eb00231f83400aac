import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../operations/command/failure";
import { type StackPart, stackParts } from "../../platform/parts";
import { type ClusterSettings, checkSettings } from "../../schema/settings";
import { writeStacks } from "../../stacks/platform";
import { type Changes, Terraform } from "./terraform";
import { unescaped } from "./terraform-text";

/** Changes of several stacks; what is not named does not change. */
export type PlatformChanges = Readonly<Partial<Record<StackPart, Changes>>>;

/** A platform that is synthesized again and again as its settings and files change, and its three stacks in Terraform. */
export class Platform {
  readonly stacks: Readonly<Record<StackPart, Terraform>>;

  private settings: ClusterSettings;

  private readonly project: string;

  /** @param folder - where the project's files are copied to, and state and plans kept; emptied first */
  constructor(folder: string, settings: ClusterSettings) {
    this.settings = settings;
    this.project = join(folder, "project");
    const plans = join(folder, "plans");
    rmSync(folder, { recursive: true, force: true });
    for (const made of [this.project, plans, join(this.project, "state")]) {
      mkdirSync(made, { recursive: true });
    }
    // What synth reads besides the sources: it may be changed here without changing the project.
    for (const source of ["gitops", "modules", "constructs/flux-install.sh"]) {
      cpSync(source, join(this.project, source), { recursive: true });
    }
    const terraform = (part: StackPart) =>
      new Terraform(part, join(this.project, "cdktf.out", "stacks", `${settings.name}-${part}`), plans);
    this.stacks = { network: terraform("network"), cluster: terraform("cluster"), bootstrap: terraform("bootstrap") };
    this.synthesize();
  }

  /** Changes the settings. */
  change(settings: Partial<ClusterSettings>): void {
    this.settings = { ...this.settings, ...settings };
    this.synthesize();
  }

  /** Changes a file of the project, as somebody would with an editor. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.project, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) {
      throw new CommandError(`${file} does not hold '${from}'`);
    }
    writeFileSync(path, text.replaceAll(from, to));
    this.synthesize();
  }

  /** Files that Terraform commits, by path, as they should stand in the repository. */
  committedFiles(): Record<string, string> {
    const path = join(this.project, "cdktf.out", "stacks", `${this.settings.name}-bootstrap`, "cdk.tf.json");
    const { resource } = JSON.parse(readFileSync(path, "utf8"));
    const files = Object.values(resource.github_repository_file) as { file: string; content: string }[];
    return Object.fromEntries(files.map(({ file, content }) => [file, unescaped(content)]));
  }

  /** Plans of all three stacks, side by side. */
  async plan(step: string): Promise<PlatformChanges> {
    const planned = await Promise.all(
      stackParts.map(async (part): Promise<[StackPart, Changes]> => [part, await this.stacks[part].plan(step)]),
    );
    return Object.fromEntries(planned.filter(([, changes]) => Object.keys(changes).length > 0));
  }

  private synthesize(): void {
    const { clusters, problems } = checkSettings([this.settings]);
    if (problems.length > 0) {
      throw new CommandError(problems.join("\n"));
    }
    const home = process.cwd();
    process.chdir(this.project);
    try {
      writeStacks(clusters, { outdir: "cdktf.out" });
    } finally {
      process.chdir(home);
    }
  }
}
