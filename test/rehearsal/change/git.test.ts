import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { commitNamed, hasUncommittedChanges } from "../../../rehearsal/change/git";
import { inWorktree, worktreesIn } from "../../../rehearsal/change/worktree";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "git-")));
const repository = join(folder, "repository");
const project = join(repository, "platform");
const { signal } = new AbortController();
const here = process.cwd();

function git(...words: string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  return execFileSync("git", [...identity, ...words], { cwd: repository, encoding: "utf8" }).trim();
}

beforeAll(() => {
  mkdirSync(project, { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(project, "README.md"), "nothing yet\n");
  git("add", ".");
  git("commit", "--quiet", "--message=before CDKTF");
  git("tag", "first");
  writeFileSync(join(project, "cdktf.json"), "{}");
  git("add", ".");
  git("commit", "--quiet", "--message=CDKTF");
  process.chdir(project);
});

afterAll(() => {
  process.chdir(here);
  rmSync(folder, { recursive: true });
});

test("a commit is known by every name that Git takes, and where the project is in it", async () => {
  const hash = git("rev-parse", "main");

  await expect(commitNamed("main", signal)).resolves.toEqual({ name: "main", hash, prefix: "platform/" });
  await expect(commitNamed("HEAD", signal)).resolves.toMatchObject({ hash });
  await expect(commitNamed(hash.slice(0, 8), signal)).resolves.toMatchObject({ hash });
});

test.each([
  ["origin/mian", /^Git knows no commit 'origin\/mian'$/, /^git fetch origin/],
  ["--help", /^Git knows no commit '--help'$/, /^git fetch origin/],
  ["first", /^first \([\da-f]{12}\) has no platform\/cdktf.json/, /^name a later commit/],
])("'%s' is refused with a sentence and a next step", async (name, message, next) => {
  await expect(commitNamed(name, signal)).rejects.toMatchObject({
    message: expect.stringMatching(message),
    next: expect.stringMatching(next),
  });
});

test("a clone without history says how to get it", async () => {
  const clone = join(folder, "clone");
  git("clone", "--quiet", "--depth=1", `file://${repository}`, clone);
  process.chdir(join(clone, "platform"));
  const refused = commitNamed("HEAD~1", signal);

  await expect(refused).rejects.toMatchObject({ next: "git fetch --unshallow origin" });
  process.chdir(project);
});

test("a folder in no repository is refused", async () => {
  process.chdir(folder);
  const refused = commitNamed("main", signal);

  await expect(refused).rejects.toThrow(/in no Git repository that can be read: .*not a git repository/);
  process.chdir(project);
});

test("changes that are not committed are noticed", async () => {
  await expect(hasUncommittedChanges(signal)).resolves.toBe(false);
  writeFileSync(join(project, "new"), "");
  await expect(hasUncommittedChanges(signal)).resolves.toBe(true);
  rmSync(join(project, "new"));
});

test("a worktree holds the sources of the commit and is gone afterwards, whatever happens in it", async () => {
  const place = join(folder, "worktree");
  const commit = await commitNamed("main", signal);

  const found = await inWorktree(commit, place, signal, async (sources) => {
    expect(worktreesIn(git("worktree", "list", "--porcelain"))).toEqual([{ folder: place, process: process.pid }]);
    return readFileSync(join(sources, "cdktf.json"), "utf8");
  });
  const failed = inWorktree(commit, place, signal, () => Promise.reject(new Error("no such zone")));

  expect(found).toBe("{}");
  await expect(failed).rejects.toThrow("no such zone");
  expect(existsSync(place)).toBe(false);
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
});

test("a worktree of a run that was killed is removed, with a word, and those of others are not", async () => {
  const ended = execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }).trim();
  const abandoned = join(folder, "abandoned");
  const theirs = join(folder, "theirs");
  git("worktree", "add", "--quiet", "--detach", "--lock", "--reason", `npm run rehearse, process ${ended}`, abandoned);
  git("worktree", "add", "--quiet", "--detach", "--lock", "--reason", "on a disk that is away", theirs);
  const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);

  await inWorktree(await commitNamed("main", signal), join(folder, "worktree"), signal, async () => undefined);

  expect(said.mock.calls).toEqual([
    [expect.stringMatching(`^removed ${abandoned}, which a rehearsal that was killed`)],
  ]);
  said.mockRestore();
  expect(existsSync(abandoned)).toBe(false);
  expect(git("worktree", "list")).not.toContain(abandoned);
  expect(git("worktree", "list")).toContain(theirs);
});
