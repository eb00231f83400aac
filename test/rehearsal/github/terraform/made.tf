# What a platform asks of the provider when it makes its repository.
terraform {
  required_providers {
    github = {
      source  = "integrations/github"
      version = "6.13.0"
    }
  }
}

variable "public_key" {
  type = string
}

provider "github" {
  owner          = "acme"
  write_delay_ms = 100
  retry_delay_ms = 100
}

resource "github_repository" "made" {
  name               = "made"
  visibility         = "private"
  auto_init          = true
  archive_on_destroy = true
}

resource "github_branch_default" "trunk" {
  repository = github_repository.made.name
  branch     = "trunk"
  rename     = true
}

resource "github_repository_deploy_key" "flux" {
  repository = github_branch_default.trunk.repository
  title      = "flux"
  key        = var.public_key
  read_only  = true
}

resource "github_repository_file" "file" {
  repository          = github_branch_default.trunk.repository
  branch              = github_branch_default.trunk.branch
  file                = "clusters/rehearsal/file.yaml"
  content             = "first\n"
  commit_message      = "Write file"
  overwrite_on_create = true
}
