import { expect, it } from "vitest";
import { webPage } from "../../../src/core/web-page.ts";

it.each([
  ["https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
  ["http://localhost:8080/", "http://localhost:8080/"],
  ["http://127.0.0.1/x", "http://127.0.0.1/x"],
  ["http://[::1]:1/", "http://[::1]:1/"],
  ["https://EXAMPLE.com", "https://example.com/"],
  ["https://bücher.example/", "https://xn--bcher-kva.example/"],
])("%j is a page that a person may be sent to", (text, href) => {
  expect(String(webPage(text))).toBe(href);
});

it.each([
  ["javascript:alert(1)", "the URL is not https"],
  ["data:text/html,<b>", "the URL is not https"],
  ["file:///etc/passwd", "the URL is not https"],
  ["http://example.com/", "the URL is not https"],
  ["http://127.0.0.1.example.com/", "the URL is not https"],
  ["http://localhost.example.com/", "the URL is not https"],
  ["vscode://extension", "the URL is not https"],
  ["https://github.com@evil.test/", "the URL has a user name in it"],
  ["https://:secret@evil.test/", "the URL has a user name in it"],
  ["//example.com", "the URL is not one"],
  ["", "the URL is not one"],
])("%j is not: %s", (text, why) => {
  expect(webPage(text)).toBe(why);
});
