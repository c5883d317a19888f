/**
 * What is wrong with the URL of an upstream, as one sentence; undefined if nothing is. The sentence never quotes the URL, because a
 * query string or a user part may be a secret.
 */
export function urlProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return "Not an absolute URL. Write it in full, as in https://example.com/mcp.";
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "Not an http or https URL.";
  if (url.username !== "" || url.password !== "") {
    // fetch refuses such a URL with a message that quotes it.
    return 'Contains a user name or a password. Put the credentials into "headers", as in "Authorization": "Basic ${env:NAME}".';
  }
  return undefined;
}

/** The same for the value of a header: what `Headers` would refuse with a message that quotes the value. */
export function headerValueProblem(value: string): string | undefined {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value.trim())
    ? undefined
    : "Contains a line break or another character that a header cannot carry.";
}

/** The same for an entry of `allowedHosts`. */
export function hostProblem(host: string): string | undefined {
  return /^([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\])$/.test(host)
    ? undefined
    : "Not a host name. Write it without scheme, port and path, as in proxy.example.com.";
}

/** The same for an entry of `allowedOrigins`. An origin that a browser never sends in this spelling would silently allow nothing. */
export function originProblem(origin: string): string | undefined {
  const ofBrowser = /^https?:/.test(origin)
    ? URL.canParse(origin) && new URL(origin).origin === origin
    : /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s*]+$/.test(origin);
  return ofBrowser ? undefined : "Not an origin. Write scheme, host and port as a browser sends them, as in https://app.example.com.";
}
