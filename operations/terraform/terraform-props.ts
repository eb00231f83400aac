/** How Terraform is run. */
export interface TerraformProps {
  /** `terraform`, or `tofu`. */
  readonly program: string;
  /** Where plans are put, which hold secrets. */
  readonly folder: string;
  /** Gets what `terraform apply` prints, while it prints it. */
  readonly stream: (text: string) => void;
  readonly colour: boolean;
}
