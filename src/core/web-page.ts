/**
 * A page that a person may be sent to by somebody else's word, or why not: nothing that runs in the client, and no user name in front of the
 * host that looks like a host itself.
 */
export function webPage(text: string): URL | string {
  const url = URL.parse(text);
  if (url === null) return "the URL is not one";
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) return "the URL is not https";
  return url.username === "" && url.password === "" ? url : "the URL has a user name in it";
}
