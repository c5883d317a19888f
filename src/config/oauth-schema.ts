import * as z from "zod";
import { reference, text } from "./text-schema.ts";

const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** A client that somebody has registered for the proxy, or other scopes: both are needed rarely. */
export const oauthClient = z
  .strictObject({
    clientId: text((value) => (value === "" ? "Is empty." : undefined))
      .optional()
      .describe("The client id that its authorization server has given you. Without it the proxy registers itself."),
    clientSecret: reference("the secret").optional().describe("The client secret that belongs to it, as a reference."),
    scope: z
      .string()
      .regex(SCOPES, { error: "Expected scopes with one space between them." })
      .optional()
      .describe("The scopes to ask for, with one space between them. Without it those that the server names."),
  })
  .check(({ value, issues }) => {
    if (value.clientSecret === undefined || value.clientId !== undefined) return;
    issues.push({ code: "custom", path: ["clientSecret"], message: 'Needs "clientId" beside it.', input: undefined });
  })
  .meta({
    description: 'What to know for OAuth beyond "auth": "oauth", which it implies: a client that is registered already, or scopes.',
    examples: [{ clientId: "abc", clientSecret: "${env:LINEAR_SECRET}" }],
  });

export const upstreamAuth = z
  .literal("oauth")
  .describe(
    "Each caller connects this upstream once, in a browser, and the proxy keeps and renews the token. Instead of an Authorization header.",
  );

/** How the proxy gets its token for an upstream. References are not resolved yet. */
export type OAuthClient = z.output<typeof oauthClient>;
