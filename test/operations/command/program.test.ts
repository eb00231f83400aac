import { commandLine, refuseOptionsOfNpm } from "../../../operations/command/program";

const program = commandLine("teardown", "Takes a cluster down.")
  .option("--dry-run", "changes nothing")
  .option("--wait <DURATION>", "for as long")
  .option("--yes <NAME>", "the cluster's name");

test.each([
  ["--dry-run", ["demo"], { npm_config_dry_run: "true" }, "npm run teardown -- demo --dry-run"],
  ["--wait", ["demo", "15m"], { npm_config_wait: "true" }, "npm run teardown -- demo --wait 15m"],
])(
  "%s, which npm has kept for itself, ends the command, and does not go unheard",
  (option, words, environment, next) => {
    expect(() => refuseOptionsOfNpm(program, words, environment)).toThrow(
      expect.objectContaining({ message: `npm took ${option} for itself, since no -- stood before it`, next }),
    );
  },
);

test("an option of a subcommand that npm has kept for itself ends the command, too", () => {
  const world = commandLine("world", "Starts worlds.");
  world.command("up").argument("<dir>").option("--platform <CLUSTER>", "applies one");

  expect(() => refuseOptionsOfNpm(world, ["up", "/tmp/w", "demo"], { npm_config_platform: "true" })).toThrow(
    expect.objectContaining({ next: "npm run world -- up /tmp/w --platform demo" }),
  );
});

test.each([
  ["an option that came to the program, too", ["demo", "--dry-run"], { npm_config_dry_run: "true" }],
  ["what npm sets where nobody is to be asked", ["demo"], { npm_config_yes: "true" }],
  ["what npm says of itself", ["demo"], { npm_config_cache: "/tmp", npm_config_dry_run: "" }],
])("%s is no such option", (_, words, environment) => {
  expect(() => refuseOptionsOfNpm(program, words, environment)).not.toThrow();
});
