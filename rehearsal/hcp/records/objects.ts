import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { newSecret } from "./identifiers";

/** Blobs that have an address of their own, by which whoever knows it reads them without a token. */
export class Objects {
  /** Other addresses of blobs, which hold for a while. */
  private readonly aliases = new Map<string, { readonly object: string; readonly expires: number }>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Returns a new name; the blob comes later. */
  reserve(): string {
    return newSecret();
  }

  store(content: string | Buffer, name = this.reserve()): string {
    writeFileSync(join(this.folder, name), content, { mode: 0o600 });
    return name;
  }

  /** Returns a name that leads to a blob for some milliseconds. */
  alias(object: string, lifetime: number): string {
    const name = this.reserve();
    this.aliases.set(name, { object, expires: Date.now() + lifetime });
    return name;
  }

  has(name: string): boolean {
    return /^[\w-]{43}$/.test(name) && existsSync(join(this.folder, name));
  }

  read(name: string): Buffer | undefined {
    const alias = this.aliases.get(name);
    if (alias !== undefined) {
      return alias.expires > Date.now() ? this.read(alias.object) : undefined;
    }
    return this.has(name) ? readFileSync(join(this.folder, name)) : undefined;
  }

  delete(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }
}
