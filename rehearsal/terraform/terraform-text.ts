/** Returns text as it is once Terraform has read it: the reverse of `literal` in constructs/project-files.ts. */
export function unescaped(text: string): string {
  return text.replaceAll(/([$%])\1\{/g, "$1{");
}
