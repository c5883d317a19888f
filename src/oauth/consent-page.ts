import type { ConsentDescription } from "@cloudflare/workers-oauth-provider";
import { html } from "hono/html";

/** The page's own style, named by its hash in the content security policy: nothing else may load or run. */
const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1c1c1e;background:#fff}
h1{font-size:1.3rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem}dt{color:#5b5b60}dd{margin:0;overflow-wrap:anywhere}
.warn{border-left:4px solid #b45309;padding:.5rem .8rem;background:#fef3c7}.bad{color:#b91c1c}
label{display:block;margin:1rem 0 .3rem}input{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}
button{font:inherit;padding:.5rem 1.2rem;margin:1rem .6rem 0 0;cursor:pointer}
@media(prefers-color-scheme:dark){body{color:#f2f2f3;background:#1c1c1e}dt{color:#a1a1a6}.warn{background:#3b2f10}.bad{color:#f87171}}`;

export interface ConsentPage {
  readonly details: ConsentDescription;
  readonly handle: string;
  /** The query of the authorization request: the form is posted to the same URL, which is read anew. */
  readonly action: string;
  /** Where the person signs in: here, or at the provider of this host name. */
  readonly signIn: { readonly by: "passphrase" } | { readonly by: "provider"; readonly host: string };
  /** What went wrong with the last try. */
  readonly problem?: string;
}

/** Everything that a client says of itself is escaped by `html`. */
export async function consentPage({ details, handle, action, signIn, problem }: ConsentPage): Promise<string> {
  const { clientName, clientDomain, redirectHost, redirectIsLoopback } = details;
  const origin =
    clientDomain === undefined
      ? html`<p class="warn">This client registered itself: nobody has verified its name.</p>`
      : html`<p>Published by <strong>${clientDomain}</strong>.</p>`;
  const loopback = html`<p class="warn">
    The grant goes to a program on this computer. Go on only if you have just started to sign in from there.
  </p>`;
  const body = html`<h1>Let ${clientName} use your tools?</h1>
    ${origin} ${redirectIsLoopback ? loopback : ""}
    <dl>
      <dt>Client</dt>
      <dd>${clientName}</dd>
      <dt>Goes to</dt>
      <dd id="redirect-host">${redirectHost}</dd>
      <dt>May</dt>
      <dd>run programs that call the tools of every server behind this proxy, in your name, until you revoke it</dd>
    </dl>
    ${problem === undefined ? "" : html`<p class="bad" role="alert">${problem}</p>`}
    <form method="post" action="/authorize${action}">
      <input type="hidden" name="handle" value="${handle}" />
      ${
        signIn.by === "passphrase"
          ? html`<label for="passphrase">Passphrase of this proxy</label>
              <input id="passphrase" name="passphrase" type="password" autocomplete="current-password" autofocus />`
          : html`<p>You sign in at <strong>${signIn.host}</strong>.</p>`
      }
      <button name="decision" value="approve">Allow</button>
      <button name="decision" value="deny" formnovalidate>Deny</button>
    </form>`;
  return page(`Allow ${clientName}?`, body);
}

/** A page that only says something: why nothing was granted. */
export async function messagePage(title: string, text: string): Promise<string> {
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
  );
}

async function page(title: string, body: ReturnType<typeof html>): Promise<string> {
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

export function stylesheet(): Response {
  return new Response(STYLE, { headers: { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=86400" } });
}

/** No script, no frame, no form to elsewhere. `form-action` names nobody: browsers apply it to the redirect to the client, too. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  // Not "no-referrer": the form would be sent with `Origin: null`, which no guard lets pass.
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};
