import { printParseErrorCode, visit } from "jsonc-parser";
import { keyPath } from "./key-path.ts";

/** What one JSONC text says. With entries in `syntax`, `value` and `problems` are worth nothing. */
export interface JsoncDocument {
  /** Undefined for a text without a value (empty, or comments alone). Its objects have no prototype. */
  readonly value: unknown;
  /** Syntax errors as `line:column: sentence`, counted from 1; one for each line, because the rest of a line only echoes its first. */
  readonly syntax: readonly string[];
  /** Keys that are written twice or cannot be used, as `key path: sentence`. They are left out of `value`. */
  readonly problems: readonly string[];
}

/** No configuration comes near it; the parser is recursive and would overflow the stack. */
const MAX_DEPTH = 64;

const TOO_DEEP = new Error("nested too deeply");

const SYNTAX: { readonly [Code in ReturnType<typeof printParseErrorCode>]: string } = {
  InvalidSymbol: "Unexpected text. Keys and strings need double quotes.",
  InvalidNumberFormat: "Not a number.",
  PropertyNameExpected: "Expected a key in double quotes.",
  ValueExpected: "Expected a value.",
  ColonExpected: 'Expected ":" after the key.',
  CommaExpected: 'Expected "," before this.',
  CloseBraceExpected: 'Expected "}".',
  CloseBracketExpected: 'Expected "]".',
  EndOfFileExpected: "Expected the end of the file.",
  InvalidCommentToken: "Unexpected comment.",
  UnexpectedEndOfComment: 'The comment is not closed with "*/".',
  UnexpectedEndOfString: "The string is not closed on its line.",
  UnexpectedEndOfNumber: "The number is incomplete.",
  InvalidUnicode: "A \\u escape needs four hexadecimal digits.",
  InvalidEscapeCharacter: "No such escape in a JSON string. A backslash, as in a Windows path, is written twice.",
  InvalidCharacter: "A control character in a string is written as an escape.",
  "<unknown ParseErrorCode>": "Not JSON.",
};

/** One object or array that is being read. */
interface Frame {
  readonly container: Record<string, unknown> | unknown[];
  /** The line of each key of an object, counted from 1. */
  readonly lines: Map<string, number>;
  /** Where the next value of an object goes; undefined drops it. */
  key: string | undefined;
}

/** Reads JSON with comments and trailing commas. Never throws. */
export function readJsonc(text: string): JsoncDocument {
  const syntax = new Map<number, string>();
  const problems: string[] = [];
  const frames: Frame[] = [];
  let value: unknown;

  const refuse = (line: number, character: number, sentence: string) => {
    if (!syntax.has(line)) syntax.set(line, `${line + 1}:${character + 1}: ${sentence}`);
  };
  const put = (item: unknown) => {
    const frame = frames.at(-1);
    if (frame === undefined) value = item;
    else if (Array.isArray(frame.container)) frame.container.push(item);
    else if (frame.key !== undefined) frame.container[frame.key] = item;
  };
  const begin = (container: Frame["container"], line: number, character: number) => {
    if (frames.length === MAX_DEPTH) {
      refuse(line, character, `Nested more than ${MAX_DEPTH} levels deep.`);
      throw TOO_DEEP;
    }
    frames.push({ container, lines: new Map(), key: undefined });
  };
  const end = () => {
    const container = frames.pop()?.container;
    put(container);
  };

  const visitor = {
    onObjectBegin: (_offset: number, _length: number, line: number, character: number) => begin(Object.create(null), line, character),
    onArrayBegin: (_offset: number, _length: number, line: number, character: number) => begin([], line, character),
    onObjectEnd: end,
    onArrayEnd: end,
    onLiteralValue: put,
    onObjectProperty: (key: string, _offset: number, _length: number, line: number, _character: number, parents: () => PropertyKey[]) => {
      const frame = frames.at(-1);
      if (frame === undefined) return;
      const before = frame.lines.get(key);
      if (before === undefined) frame.lines.set(key, line + 1);
      let why: string | undefined;
      if (before !== undefined) why = `Line ${line + 1} repeats the key of line ${before}.`;
      // Copied key by key, it would set a prototype.
      if (key === "__proto__") why = "This key cannot be used.";
      if (why !== undefined) problems.push(`${keyPath([...parents(), key])}: ${why}`);
      frame.key = why === undefined ? key : undefined;
    },
    onError: (code: number, _offset: number, _length: number, line: number, character: number) =>
      refuse(line, character, SYNTAX[printParseErrorCode(code)]),
  };
  try {
    // A byte order mark is what Windows editors leave in front.
    visit(text.replace(/^\uFEFF/, ""), visitor, { allowTrailingComma: true, allowEmptyContent: true });
  } catch (thrown) {
    if (thrown !== TOO_DEEP) throw thrown;
  }
  return { value, syntax: [...syntax.values()], problems };
}
