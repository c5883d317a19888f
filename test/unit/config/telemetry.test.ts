import { describe, expect, it } from "vitest";
import { resolveTelemetry } from "../../../src/config/telemetry.ts";
import { thrownBy } from "./parse.ts";

const env = (values: Record<string, string>) => (name: string) => values[name];

describe("where spans are sent", () => {
  it("is what the configuration says, with references filled in", () => {
    const input = { endpoint: "https://${HOST}/otlp/", headers: { "x-key": "${env:KEY}" } };
    expect(
      resolveTelemetry(input, env({ HOST: "collector.example.com", KEY: "s3cr3t\n", OTEL_EXPORTER_OTLP_ENDPOINT: "http://other" })),
    ).toEqual({
      url: "https://collector.example.com/otlp/v1/traces",
      headers: { "x-key": "s3cr3t" },
    });
  });

  it("is what OpenTelemetry's variables say where the configuration says nothing", () => {
    expect(resolveTelemetry(undefined, env({}))).toBeUndefined();
    expect(resolveTelemetry(undefined, env({ OTEL_EXPORTER_OTLP_ENDPOINT: " " }))).toBeUndefined();
    const headers = "api-key=a%3Db, x=1=2,,broken=%";
    expect(
      resolveTelemetry(undefined, env({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318", OTEL_EXPORTER_OTLP_HEADERS: headers })),
    ).toEqual({
      url: "http://localhost:4318/v1/traces",
      headers: { "api-key": "a=b", x: "1=2", broken: "%" },
    });
  });

  it.each<[Parameters<typeof resolveTelemetry>[0], Record<string, string>, string]>([
    [{ endpoint: "${GONE}", headers: {} }, {}, "telemetry.endpoint: environment variable GONE is not set"],
    [
      { endpoint: "${E}", headers: {} },
      { E: "s3cr3t" },
      "telemetry.endpoint: Not an absolute URL. Write it in full, as in https://example.com/mcp.",
    ],
    [
      { endpoint: "http://a", headers: { k: "${K}" } },
      { K: "s3cr3t\nx: y" },
      "telemetry.headers.k: Contains a line break or another character that a header cannot carry.",
    ],
    [undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: "grpc://s3cr3t" }, "OTEL_EXPORTER_OTLP_ENDPOINT: Not an http or https URL."],
  ])("is refused by its name, without its value: %j", (input, values, message) => {
    const error = thrownBy(() => resolveTelemetry(input, env(values)));
    expect(error.message).toBe(message);
    expect(`${error.message} ${error.stack}`).not.toContain("s3cr3t");
  });
});
