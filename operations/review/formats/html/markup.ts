import { visible, visibleLine } from "../../../../platform/visible-text";

/** HTML that can be put into HTML as it is. */
export interface Markup {
  readonly html: string;
}

/** What can be put into a template; false and undefined are nothing. */
export type Content = Markup | string | number | false | undefined | readonly Content[];

/** Returns the HTML of a template. Text put into it stays text, on one line, in elements and in quoted attributes alike. */
export function markup(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { html: String.raw({ raw: template }, ...contents.map(htmlOf)) };
}

/** Returns the HTML of text that keeps its line ends. */
export function multiline(text: string): Markup {
  return { html: escaped(visible(text)) };
}

function htmlOf(content: Content): string {
  if (typeof content === "object") {
    return "html" in content ? content.html : content.map(htmlOf).join("");
  }
  return content === undefined || content === false ? "" : escaped(visibleLine(String(content)));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
