import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";

import { TerraformVersion } from "../.gen/modules/terraform-version";
import { addressName } from "../platform/parts";

/** A stack with readable resource names. */
export abstract class ReadableStack extends TerraformStack {
  private readonly claims = new Map<string, string>();

  constructor(scope: Construct, name: string) {
    super(scope, name);
    new TerraformVersion(this, "terraform-version");
  }

  /** Publishes a value to later stacks, or to people. */
  protected publish(name: string, value: string | string[] | Record<string, string>, description: string): void {
    new TerraformOutput(this, name, { value, description, staticId: true });
  }

  /**
   * Names a resource after its path (`aws_subnet.private_a`), where CDKTF would append a hash. Ids with a capital (`Resource`,
   * `RouteTable`) say what the type in front of the name says too, and drop out.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const name = addressName(path.filter((id) => !/^[A-Z]/.test(id)).join("_"));

    // CDKTF merges two elements of one type and name without a word: the second replaces the first.
    const claim = `${element.constructor.name} ${name}`;
    const owner = this.claims.get(claim) ?? node.path;
    if (owner !== node.path) {
      throw new Error(`'${node.path}' and '${owner}' would both be named '${name}'; rename one of them`);
    }
    this.claims.set(claim, owner);
    return name;
  }
}
