/** Returns the text of docs/verify.md with the role that Flux applies for those who have the access `verify`. */
export function withVerifyRole(page: string, manifest: string): string {
  return page.replace(/(?<=<!-- verify role -->)[\s\S]*?(?=<!-- end -->)/, () => `\n\`\`\`yaml\n${manifest}\`\`\`\n`);
}
