import type { ConsentDescription } from "@cloudflare/workers-oauth-provider";
import { html } from "hono/html";
import { page } from "./page.ts";

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
