import { included } from "./included";
import type { HcpRequest, JsonObject, Resource, RestResponse } from "./request";

/** Returns the body of an answer; undefined without one. */
export function rendered(request: HcpRequest, { data, body }: RestResponse): object | undefined {
  if (data === undefined) {
    return body;
  }
  const page = isList(data) ? pageOf(request.query, data) : undefined;
  const shown = page?.shown ?? data;
  const more = included(request, [shown].flat());
  return { data: shown, ...(more === undefined ? {} : { included: more }), ...(page ? { meta: page.meta } : {}) };
}

function isList(data: Resource | readonly Resource[]): data is readonly Resource[] {
  return Array.isArray(data);
}

/** Returns the page that the query asks for: 20 resources unless it says otherwise, 100 at most. */
function pageOf(
  query: URLSearchParams,
  resources: readonly Resource[],
): { shown: readonly Resource[]; meta: JsonObject } {
  const number = Math.max(1, Number(query.get("page[number]") ?? 1) || 1);
  const size = Math.min(100, Math.max(1, Number(query.get("page[size]") ?? 20) || 20));
  const pages = Math.max(1, Math.ceil(resources.length / size));
  return {
    shown: resources.slice((number - 1) * size, number * size),
    meta: {
      pagination: {
        "current-page": number,
        "page-size": size,
        "prev-page": number > 1 ? number - 1 : null,
        "next-page": number < pages ? number + 1 : null,
        "total-pages": pages,
        "total-count": resources.length,
      },
    },
  };
}
