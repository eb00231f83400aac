import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../operations/command/failure";
import { usableTerraform } from "../../operations/command/usable-terraform";
import type { ClusterSettings } from "../../schema/settings";
import { copyProject, writeSettings } from "./project-copy";
import { type Stacks, stackFolder, stacksOf } from "./stacks";
import { synthesize } from "./synthesize";
import { unescaped } from "./terraform-text";

export interface PlatformProps {
  /** Where a copy of the project is made, and state and plans are kept. Emptied first. */
  readonly folder: string;
  readonly settings: ClusterSettings;
  /** All variables of what is run: those of a world. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Ends what is run.
   * @default - nothing does
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * The project that is copied.
   * @default - the current folder
   */
  readonly project?: string;
}

/** What somebody changes in a project. */
export interface ProjectChange {
  /**
   * What changes in the settings.
   * @default - nothing
   */
  readonly settings?: Partial<ClusterSettings>;
  /**
   * Files of the project, and what is replaced in them.
   * @default - none
   */
  readonly edits?: readonly (readonly [file: string, from: string, to: string])[];
}

/** A platform that is synthesized again and again as its settings and files change, and its three stacks in Terraform. */
export class Platform {
  readonly stacks: Stacks;

  private constructor(
    /** The copy, in which programs can be run. `cdktf.out` and `state` are there too. */
    readonly project: string,
    plans: string,
    private settings: ClusterSettings,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly signal: AbortSignal | undefined,
  ) {
    const program = usableTerraform(environment, "local");
    this.stacks = stacksOf({ cluster: settings.name, folder: project, plans, program, environment, signal });
  }

  static async create({ folder, settings, environment, signal, project = "." }: PlatformProps): Promise<Platform> {
    const copy = join(folder, "project");
    const plans = join(folder, "plans");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(plans, { recursive: true });
    copyProject(project, copy, settings);
    const platform = new Platform(copy, plans, settings, environment, signal);
    await platform.synthesize();
    return platform;
  }

  /** Changes settings and files of the project, as somebody would with an editor. */
  async change({ settings = {}, edits = [] }: ProjectChange): Promise<void> {
    this.settings = { ...this.settings, ...settings };
    writeSettings(this.project, this.settings);
    for (const [file, from, to] of edits) {
      const path = join(this.project, file);
      const text = readFileSync(path, "utf8");
      if (!text.includes(from)) {
        throw new CommandError(`${file} does not hold '${from}'`);
      }
      writeFileSync(path, text.replaceAll(from, to));
    }
    await this.synthesize();
  }

  /** Files that Terraform commits, by path, as they should stand in the repository. */
  committedFiles(): Record<string, string> {
    const { resource } = JSON.parse(
      readFileSync(join(stackFolder(this.project, this.settings.name, "bootstrap"), "cdk.tf.json"), "utf8"),
    );
    const files = Object.values(resource.github_repository_file) as { file: string; content: string }[];
    return Object.fromEntries(files.map(({ file, content }) => [file, unescaped(content)]));
  }

  private async synthesize(): Promise<void> {
    // In the project itself, where its programs look for their stacks.
    await synthesize({
      project: this.project,
      folder: this.project,
      environment: this.environment,
      signal: this.signal,
    });
  }
}
