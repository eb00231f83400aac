import type { TreeEntry } from "../repositories/bare-repository";
import { encodedPath, pageUrl, repositoryUrl } from "./links";
import type { RepositoryRequest } from "./request";

const types: Readonly<Record<string, string>> = { blob: "file", tree: "dir", commit: "submodule" };

/**
 * Returns what answers say of a file or a folder, without its content.
 * @param ref - the branch, tag or commit that it was asked of
 * @param size - in bytes
 */
export function contentBody(request: RepositoryRequest, { type, sha, path }: TreeEntry, ref: string, size: number) {
  const url = repositoryUrl(request);
  return {
    type: types[type],
    name: path.split("/").at(-1),
    path,
    sha,
    size,
    // Terraform's provider reads the branch from it.
    url: `${url}/contents/${encodedPath(path)}?ref=${encodeURIComponent(ref)}`,
    git_url: `${url}/git/${type}s/${sha}`,
    html_url: `${pageUrl(request)}/blob/${ref}/${encodedPath(path)}`,
  };
}
