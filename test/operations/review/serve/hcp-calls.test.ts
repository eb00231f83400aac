import { archivistOf } from "../../../../operations/review/serve/hcp-calls";

test.each([
  ["app.terraform.io", "archivist.terraform.io"],
  ["app.eu.terraform.io", "archivist.eu.terraform.io"],
  ["tfe.example.com:8443", "archivist.example.com:8443"],
  ["localhost:8443", "localhost:8443"],
  ["[::1]:8443", "[::1]:8443"],
])("plans of %s are kept at %s", (host, archivist) => {
  expect(archivistOf(host)).toBe(archivist);
});
