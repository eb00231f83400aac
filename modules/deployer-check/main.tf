# A module because CDKTF 0.21 has no check blocks.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "admins" {
  type        = list(string)
  description = "ARNs of the IAM principals that administer the cluster"
}

data "aws_caller_identity" "caller" {}

check "caller_is_admin" {
  # Inside the check, so that a caller without iam:GetRole gets a warning and not a failed plan.
  data "aws_iam_session_context" "caller" {
    arn = data.aws_caller_identity.caller.arn
  }

  assert {
    condition     = contains(var.admins, data.aws_iam_session_context.caller.issuer_arn)
    error_message = "${data.aws_iam_session_context.caller.issuer_arn} is not among the admins of this cluster, so it cannot apply the bootstrap stack. Add it to 'admins' in settings.ts, or apply as one of them."
  }
}
