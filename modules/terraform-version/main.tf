# A module because Checkov reads nothing of a stack in JSON that has this line itself, and says so to nobody: bridgecrewio/checkov#7454.

terraform {
  required_version = ">= 1.11"
}
