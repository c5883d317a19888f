import { expect, it } from "vitest";
import { present } from "../../../src/mcp/present.ts";

it("never sends half of a surrogate pair: strict JSON readers refuse the whole message for one", () => {
  const half = "a\ud83d";
  const shown = [
    present(
      {
        outcome: { kind: "returned", text: half },
        console: { lines: [{ level: "log", text: half }], dropped: 0 },
        emitted: { blocks: [], dropped: 0 },
        ledger: [],
        durationMs: 0,
      },
      "",
    ),
    present(
      {
        outcome: {
          kind: "threw",
          error: { name: "Error", message: half, frames: [{ line: 1, column: 1 }], causes: [{ text: half }], hint: half },
        },
        console: { lines: [], dropped: 0 },
        emitted: { blocks: [], dropped: 0 },
        ledger: [],
        durationMs: 0,
      },
      half,
    ),
  ];
  for (const { content } of shown) for (const block of content) expect("text" in block && block.text.isWellFormed()).toBe(true);
});
