import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { RunTask } from "./payload";

/** Tasks that were taken and have no result yet, so that a program that was killed goes on with them at its next start. */
export interface UnfinishedTasks {
  /**
   * Keeps a task; one that is there stays as old as it is, so that what ends the program each time is not tried for ever.
   * @param body - as HCP Terraform sent it
   */
  keep(task: RunTask, body: string): void;
  remove(task: RunTask): void;
  /** Returns the bodies of what is there, oldest first, but for what HCP Terraform has given up. */
  bodies(): readonly string[];
}

/** Milliseconds after which HCP Terraform calls a task errored, however often it heard of it. */
const longestTask = 3_600_000;

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keeps tasks in a folder. A body holds a token of its run: it is encrypted, by a key that is made of the HMAC key, which stands in no
 * file of ours. Who has that one can have tasks of their own reviewed anyway.
 */
export function unfinishedTasks(folder: string, hmacKey: string): UnfinishedTasks {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = Buffer.from(hkdfSync("sha256", hmacKey, "", "unfinished tasks of review --serve", 32));
  const fileOf = ({ id }: RunTask) => join(folder, createHash("sha256").update(id).digest("hex"));
  return {
    keep(task, body) {
      const file = fileOf(task);
      if (existsSync(file)) {
        return;
      }
      writeFileSync(`${file}.new`, encrypted(body, key), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    remove: (task) => rmSync(fileOf(task), { force: true }),
    bodies: () => {
      const files = readdirSync(folder).map((name) => join(folder, name));
      const aged = files.map((file) => ({ file, time: statSync(file).mtimeMs }));
      return aged
        .sort((one, other) => one.time - other.time)
        .flatMap(({ file, time }) => {
          const body = Date.now() - time > longestTask ? undefined : decrypted(readFileSync(file), key);
          if (body === undefined) {
            rmSync(file);
          }
          return body ?? [];
        });
    },
  };
}

function encrypted(text: string, key: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const content = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), content]);
}

/** Returns the text; nothing where the file is cut, or of another key. */
function decrypted(file: Buffer, key: Buffer): string | undefined {
  const [nonce, tag] = [file.subarray(0, nonceBytes), file.subarray(nonceBytes, nonceBytes + tagBytes)];
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAuthTag(tag);
    return decipher.update(file.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined;
  }
}
