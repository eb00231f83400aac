# A repository that is there takes a deploy key, and eight files that arrive one after the other on one branch; beside it one is made.
terraform {
  required_providers {
    github = {
      source  = "integrations/github"
      version = "6.13.0"
    }
  }
}

variable "provider_settings" {
  type    = any
  default = {}
}

variable "marker" {
  type    = string
  default = "first"
}

variable "public_key" {
  type = string
}

provider "github" {
  owner             = "acme"
  write_delay_ms    = try(var.provider_settings.write_delay_ms, null)
  retry_delay_ms    = try(var.provider_settings.retry_delay_ms, null)
  max_retries       = try(var.provider_settings.max_retries, null)
  retryable_errors  = try(var.provider_settings.retryable_errors, null)
  parallel_requests = try(var.provider_settings.parallel_requests, null)
  legacy_client     = try(var.provider_settings.legacy_client, null)
}

data "github_repository" "existing" {
  name = "platform"
}

data "github_branch" "main" {
  repository = data.github_repository.existing.name
  branch     = data.github_repository.existing.default_branch
}

resource "github_repository" "own" {
  name        = "fleet"
  description = "made by Terraform"
  visibility  = "private"
  auto_init   = true
  topics      = ["gitops"]
}

resource "github_branch" "staging" {
  repository = github_repository.own.name
  branch     = "env/staging"
}

resource "github_branch_default" "own" {
  repository = github_repository.own.name
  branch     = "main"
}

resource "github_repository_deploy_key" "flux" {
  repository = data.github_repository.existing.name
  title      = "flux"
  key        = var.public_key
  read_only  = true
}

locals {
  contents = [
    "plain, with a newline at the end: ${var.marker}\n",
    "no newline at the end",
    "literal dollar: $${cluster_name} $$${var.marker} %%{ if }\n",
    "UTF-8: Grüße, 日本語, 🚀\n",
    "\n\nblank lines around\n\n\n",
    "tabs\tand \"quotes\" and \\ and 'single'\r\nand CRLF\r\n",
    join("", [for n in range(1000) : "line ${n}\n"]),
    yamlencode({ apiVersion = "v1", kind = "ConfigMap", data = { url = "http://x/?a=1&b=<2>" } }),
  ]
}

resource "github_repository_file" "f0" {
  repository          = data.github_repository.existing.name
  branch              = data.github_repository.existing.default_branch
  file                = "clusters/rehearsal/f0.yaml"
  content             = local.contents[0]
  commit_message      = "Write f0"
  overwrite_on_create = true
}

resource "github_repository_file" "f1" {
  repository          = data.github_repository.existing.name
  branch              = data.github_repository.existing.default_branch
  file                = "clusters/rehearsal/f1.yaml"
  content             = local.contents[1]
  commit_message      = "Write f1"
  overwrite_on_create = true
  depends_on          = [github_repository_file.f0]
}

resource "github_repository_file" "f2" {
  repository          = data.github_repository.existing.name
  branch              = data.github_repository.existing.default_branch
  file                = "clusters/rehearsal/f2.yaml"
  content             = local.contents[2]
  commit_message      = "Write f2"
  overwrite_on_create = true
  depends_on          = [github_repository_file.f1]
}

resource "github_repository_file" "f3" {
  repository          = data.github_repository.existing.name
  branch              = data.github_repository.existing.default_branch
  file                = "clusters/rehearsal/f3.yaml"
  content             = local.contents[3]
  commit_message      = "Write f3"
  overwrite_on_create = true
  depends_on          = [github_repository_file.f2]
}

resource "github_repository_file" "f4" {
  repository          = data.github_repository.existing.name
  branch              = data.github_repository.existing.default_branch
  file                = "clusters/rehearsal/f4.yaml"
  content             = local.contents[4]
  commit_message      = "Write f4"
  overwrite_on_create = true
  depends_on          = [github_repository_file.f3]
}

resource "github_repository_file" "f5" {
  repository          = data.github_repository.existing.name
  branch              = data.github_repository.existing.default_branch
  file                = "clusters/rehearsal/f5.yaml"
  content             = local.contents[5]
  commit_message      = "Write f5"
  overwrite_on_create = true
  depends_on          = [github_repository_file.f4]
}

resource "github_repository_file" "f6" {
  repository          = data.github_repository.existing.name
  branch              = data.github_repository.existing.default_branch
  file                = "clusters/rehearsal/f6.yaml"
  content             = local.contents[6]
  commit_message      = "Write f6"
  overwrite_on_create = true
  depends_on          = [github_repository_file.f5]
}

resource "github_repository_file" "f7" {
  repository          = data.github_repository.existing.name
  branch              = data.github_repository.existing.default_branch
  file                = "clusters/rehearsal/f7.yaml"
  content             = local.contents[7]
  commit_message      = "Write f7"
  overwrite_on_create = true
  depends_on          = [github_repository_file.f6]
}
