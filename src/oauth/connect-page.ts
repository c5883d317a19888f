import { html } from "hono/html";
import { page } from "./page.ts";

export interface ConnectPageProps {
  /** The configured key. */
  readonly upstream: string;
  readonly host: string;
  /** Where the person will sign in: what they have to recognize. */
  readonly issuer: string;
  readonly scopes: readonly string[];
  readonly csrf: string;
  readonly action: string;
  /** How the person shows that they are the caller whose upstream it is. */
  readonly proof: { readonly secret: boolean; readonly provider?: string };
  readonly problem?: string;
}

/** Before anybody is sent anywhere. Hosts and scopes are the upstream's words, and escaped by `html`. */
export async function connectPage({ upstream, host, issuer, scopes, csrf, action, proof, problem }: ConnectPageProps): Promise<string> {
  const { secret, provider } = proof;
  const field = html`<label for="secret">
      ${provider === undefined ? "Passphrase or bearer token of this proxy" : "Bearer token of this proxy, if you have one"}
    </label>
    <input id="secret" name="secret" type="password" autocomplete="current-password" />`;
  const body = html`<h1>Connect ${upstream}?</h1>
    <p class="warn">
      Go on only if you have just asked for this yourself, in your own client: what you allow is used in that client's programs.
    </p>
    <dl>
      <dt>Server</dt>
      <dd>${upstream} (${host})</dd>
      <dt>You sign in at</dt>
      <dd id="issuer">${issuer}</dd>
      <dt>It asks for</dt>
      <dd>${scopes.length === 0 ? "what the server gives by itself" : scopes.join(", ")}</dd>
    </dl>
    ${problem === undefined ? "" : html`<p class="bad" role="alert">${problem}</p>`}
    <form method="post" action="${action}">
      <input type="hidden" name="csrf" value="${csrf}" />
      ${secret ? field : ""} ${provider === undefined ? "" : html`<p>First you sign in at <strong>${provider}</strong>.</p>`}
      <button name="decision" value="connect">Connect</button>
    </form>`;
  return page(`Connect ${upstream}?`, body);
}
