import { literal, projectFile } from "../../constructs/project-files";

test("files are found from the project's folder, where every command runs", () => {
  expect(projectFile("package.json")).toContain('"name": "eks-cilium-platform"');
});

test("Terraform keeps Flux's variables, and templates of its own kind, as they stand in the file", () => {
  expect(literal("${cluster_name} %{ if x }")).toBe("$${cluster_name} %%{ if x }");
});

test("other dollars are left alone, as in shell scripts", () => {
  const script = 'owner=$(kubectl get crd); printf "%s" "$SYNC" $1 50%';

  expect(literal(script)).toBe(script);
});
