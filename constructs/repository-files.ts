import { RepositoryFile } from "@cdktf/provider-github/lib/repository-file";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import type { GitRepository } from "./git-repository";
import { literal } from "./project-files";

/** A file of the repository. */
export interface RepositoryText {
  /** Name in plans. */
  readonly id: string;

  /** Path in the repository. */
  readonly path: string;

  readonly content: string;
}

export interface RepositoryFilesProps {
  readonly repository: GitRepository;

  /** Files in the order of commits: one that names another comes after it. */
  readonly files: readonly RepositoryText[];

  /** What has to be there before the first commit. */
  readonly dependsOn: ITerraformDependable;
}

/** Files that Terraform commits, each a resource whose content is read in the plan. */
export class RepositoryFiles extends Construct {
  /** To depend on before Flux reads them. */
  readonly resources: readonly RepositoryFile[];

  constructor(scope: Construct, id: string, props: RepositoryFilesProps) {
    super(scope, id);
    const { repository, files, dependsOn } = props;

    const resources: RepositoryFile[] = [];
    for (const file of files) {
      const resource = new RepositoryFile(this, file.id, {
        repository: repository.name,
        branch: repository.branch,
        file: file.path,
        content: literal(file.content),
        // It is a constant: with a time or a version in it, every plan would have a change.
        commitMessage: `Update ${file.path}`,
        // A commit that GitHub made and whose answer was lost would end every later apply.
        overwriteOnCreate: true,
        dependsOn: [resources.at(-1) ?? dependsOn],
      });
      resources.push(resource);
    }
    this.resources = resources;
  }
}
