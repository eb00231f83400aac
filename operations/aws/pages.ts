/** Asks for all pages of an answer, and returns what `pick` takes from each. */
export async function allPages<Page, Item>(
  pages: AsyncIterable<Page>,
  pick: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) {
    items.push(...(pick(page) ?? []));
  }
  return items;
}
