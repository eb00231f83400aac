"""A strict AWS in memory for rehearsing Terraform: moto, with rules and an EKS API that moto lacks."""

from __future__ import annotations

import os

# moto reads these from the environment when it is imported, so they are set before anything imports it.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # Without it no arn:aws:iam::aws:policy/* can be attached.
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"  # Nobody here reads these thousands of images.
