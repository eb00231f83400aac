# A module because CDKTF 0.21 has no check blocks.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "admins" {
  type        = list(string)
  description = "ARNs of the IAM users and roles that administer the cluster"
}

data "aws_caller_identity" "caller" {}

locals {
  # arn:aws:iam::ACCOUNT:user/PATH/NAME or arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION. A session lacks the role's path, and asking IAM
  # for it (aws_iam_session_context) takes iam:GetRole and, inside a check, leaves no plan empty; so principals are compared without paths.
  caller_parts = split("/", data.aws_caller_identity.caller.arn)
  caller = (
    strcontains(local.caller_parts[0], ":assumed-role")
    ? "role ${local.caller_parts[1]}"
    : "user ${reverse(local.caller_parts)[0]}"
  )
  admins = [
    for admin in var.admins : "${split(":", split("/", admin)[0])[5]} ${reverse(split("/", admin))[0]}"
    if split(":", admin)[4] == data.aws_caller_identity.caller.account_id
  ]
}

check "caller_is_admin" {
  assert {
    condition     = contains(local.admins, local.caller)
    error_message = "${data.aws_caller_identity.caller.arn} is not among the admins of this cluster, so it cannot apply the bootstrap stack. Add its user or role to 'admins' in settings.ts, or apply as one of them."
  }
}
