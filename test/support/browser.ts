/** As much of a browser as forms and redirects need: cookies by host and path, one form at a time. No scripts. */
export class FormBrowser {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #cookies = new Map<string, Map<string, string>>();
  /** The page that was loaded last. */
  url = new URL("about:blank");
  html = "";
  status = 0;

  /** `headers` go with each request. */
  constructor(headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
  }

  /** Loads `url` and follows redirects, as far as they lead to a server that `stopAt` does not name. Gives the last URL. */
  async open(url: URL, init: RequestInit = {}, stopAt: (url: URL) => boolean = () => false): Promise<URL> {
    let next = url;
    let options = init;
    for (let hop = 0; hop < 20; hop += 1) {
      if (stopAt(next)) return next;
      const response = await fetch(next, {
        ...options,
        redirect: "manual",
        headers: { ...options.headers, ...this.#headers, cookie: this.#cookiesFor(next) },
      });
      this.#keep(next, response);
      const location = response.headers.get("location");
      if (location === null) {
        this.url = next;
        this.html = await response.text();
        this.status = response.status;
        return next;
      }
      await response.body?.cancel();
      next = new URL(location, next);
      options = {};
    }
    throw new Error(`too many redirects from ${url.href}`);
  }

  /** Submits the page's form with its hidden fields and these. */
  async submit(fields: Readonly<Record<string, string>>, stopAt?: (url: URL) => boolean): Promise<URL> {
    const [, action = ""] = /<form[^>]*\baction="([^"]*)"/.exec(this.html) ?? [];
    const body = new URLSearchParams(
      [...this.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
        name,
        unescape(value),
      ]),
    );
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.open(new URL(unescape(action), this.url), { method: "POST", body }, stopAt);
  }

  #cookiesFor({ hostname }: URL): string {
    return Array.from(this.#cookies.get(hostname) ?? [], ([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep({ hostname }: URL, response: Response): void {
    const jar = this.#cookies.get(hostname) ?? new Map<string, string>();
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    this.#cookies.set(hostname, jar);
  }
}

function unescape(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
}
