import * as z from "zod";
import { originProblem, urlProblem } from "./http-checks.ts";
import { plain, reference, text } from "./text-schema.ts";

const names = (what: string) =>
  z
    .array(z.string().min(1, { error: "Is empty." }))
    .default([])
    .describe(what);

const oidc = z.strictObject({
  issuer: text(urlProblem).meta({
    description: "The provider's issuer, under which its `/.well-known/openid-configuration` is found.",
    examples: ["https://accounts.google.com"],
  }),
  clientId: text((value) => (value === "" ? "Is empty." : undefined)).describe("The proxy's client id there."),
  clientSecret: reference("the secret").describe("The proxy's client secret there, as a reference."),
  allow: z
    .strictObject({
      subjects: names("Subjects (`sub`) that may come in."),
      emails: names("Verified e-mail addresses that may come in."),
      domains: names("Domains whose verified e-mail addresses may come in, as `example.com`."),
    })
    .check(({ value: { subjects, emails, domains }, issues }) => {
      if (subjects.length + emails.length + domains.length > 0) return;
      issues.push({ code: "custom", message: "Names nobody, so nobody could sign in.", input: undefined });
    })
    .describe("Who may sign in. Everybody else is turned away, whatever the provider says of them."),
});

/** How people sign in at the consent page. With it, the proxy is an OAuth authorization server for its own endpoint. */
export const signIn = z
  .strictObject({
    passphrase: reference("the passphrase")
      .optional()
      .describe("A passphrase of 16 characters or more, as a reference. Whoever knows it is the owner."),
    oidc: oidc.optional().describe("An OpenID Connect provider. Each person who may come in has a Workspace of their own."),
  })
  .check(({ value, issues }) => {
    if ((value.passphrase === undefined) !== (value.oidc === undefined)) return;
    issues.push({ code: "custom", message: 'Needs one of "passphrase" and "oidc".', input: undefined });
  })
  .meta({
    description:
      "Turns OAuth on at /mcp: a client sends its user to the proxy's consent page, where they sign in by a passphrase or at an OpenID " +
      "Connect provider.",
    examples: [{ passphrase: "${env:OWNER_PASSPHRASE}" }],
  });

/** Callers that are programs, or people without a browser. */
export const callers = z
  .record(
    z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, { error: "A caller's name is 1 to 32 of a-z, 0-9, _ and -." }),
    z.strictObject({
      token: reference("the token").describe("The bearer token of 16 characters or more, as a reference."),
      profile: z.string().optional().describe("The profile that is all this caller gets, at /mcp as well."),
    }),
  )
  .default({})
  .meta({
    description: "Callers that show a bearer token of their own. Each has a Workspace of its own: connections, sessions, results.",
    examples: [{ laptop: { token: "${env:LAPTOP_TOKEN}" } }],
  });

export const publicUrl = plain(originProblem).meta({
  description: "The origin under which callers reach the proxy, if requests arrive under another one (behind a reverse proxy).",
  examples: ["https://tools.example.com"],
});

export type SignIn = z.output<typeof signIn>;
export type Callers = z.output<typeof callers>;
