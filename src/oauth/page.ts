import { html } from "hono/html";

/** The page's own style, named by its hash in the content security policy: nothing else may load or run. */
const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1c1c1e;background:#fff}
h1{font-size:1.3rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem}dt{color:#5b5b60}dd{margin:0;overflow-wrap:anywhere}
.warn{border-left:4px solid #b45309;padding:.5rem .8rem;background:#fef3c7}.bad{color:#b91c1c}
label{display:block;margin:1rem 0 .3rem}input{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}
button{font:inherit;padding:.5rem 1.2rem;margin:1rem .6rem 0 0;cursor:pointer}
@media(prefers-color-scheme:dark){body{color:#f2f2f3;background:#1c1c1e}dt{color:#a1a1a6}.warn{background:#3b2f10}.bad{color:#f87171}}`;

/** A page that only says something: why nothing was granted, or that all is done. */
export async function messagePage(title: string, text: string): Promise<string> {
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
  );
}

/** `body` is made with `html`, which escapes what is filled in. */
export async function page(title: string, body: ReturnType<typeof html>): Promise<string> {
  const text = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/oauth/style.css" />
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return text.toString();
}

/** As a page of ours, with the headers that all of them have. */
export function respond(text: string, status: number, headers: HeadersInit = {}): Response {
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) all.set(name, value);
  return new Response(text, { status, headers: all });
}

export function stylesheet(): Response {
  return new Response(STYLE, { headers: { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=86400" } });
}

/** No script, no frame, no form to elsewhere. `form-action` names nobody: browsers apply it to the redirect to the client, too. */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  // Not "no-referrer": the form would be sent with `Origin: null`, which no guard lets pass.
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};
