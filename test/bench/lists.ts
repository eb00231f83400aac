// Prints a plan that changes one list of as many objects as it is told, each into another: `lists.ts 10000`.

const objectCount = Number(process.argv[2]);

const rules = (network: number) =>
  Array.from({ length: objectCount }, (_, index) => ({
    cidr: `${network}.${index >> 8}.${index & 255}.0/24`,
    description: `${network}-${index}`,
    port: network * 1_000 + (index % 1_000),
  }));

process.stdout.write(
  JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: [
      {
        ...{ address: "example_list.a", mode: "managed", type: "example_list", name: "a" },
        change: { actions: ["update"], before: { rules: rules(10) }, after: { rules: rules(20) } },
      },
    ],
    complete: true,
    errored: false,
  }),
);
