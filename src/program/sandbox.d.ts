// What a program finds beside the language. The Checker reads this file behind TypeScript's own declarations of the language; it is no part
// of the proxy's own types. What a sandbox has and this file leaves out is refused with a hint: see `absent.ts`.

/** What JavaScript makes a text, or a number, of without losing what was meant. */
type AsText = string | number | bigint | boolean | symbol | Date | URL | URLSearchParams | RegExp | Error | null | undefined;
type AsNumber = number | string | boolean | Date | null | undefined;

// Errors carry whatever was put on them, and what is caught is mostly not known to be one.
interface Error {
  [property: string]: any;
}

// Both have both, so that `results.map((result) => result.value ?? result.reason)` is no mistake.
interface PromiseFulfilledResult<T> {
  status: "fulfilled";
  value: T;
  reason?: any;
}
interface PromiseRejectedResult {
  status: "rejected";
  value?: any;
  reason: any;
}

interface MapConstructor {
  new (entries: Iterable<any>): Map<any, any>;
}

interface ObjectConstructor {
  fromEntries(entries: Iterable<any>): any;
}

// Newer than TypeScript's library.
interface IteratorObject<T, TReturn, TNext> {
  join(separator?: AsText): string;
  includes(value: any): boolean;
}
declare var Iterator: {
  from<T>(value: Iterator<T> | Iterable<T>): IteratorObject<T, undefined, unknown>;
  concat<T>(...values: Iterable<T>[]): IteratorObject<T, undefined, unknown>;
  zip(values: any, options?: any): IteratorObject<any, undefined, unknown>;
  zipKeyed(values: any, options?: any): IteratorObject<any, undefined, unknown>;
  readonly prototype: IteratorObject<any, any, any>;
  new (): IteratorObject<any, any, any>;
};
interface Math {
  sumPrecise(values: Iterable<number>): number;
}
interface JSON {
  rawJSON(text: string): any;
  isRawJSON(value: any): boolean;
}
interface ErrorConstructor {
  captureStackTrace(error: any, from?: any): void;
  stackTraceLimit: number;
}

// Seldom used and long: their names are known, what is done with them is not judged.
type DataView<T = any> = any;
declare var DataView: any;
type Int8Array<T = any> = any;
declare var Int8Array: any;
type Int16Array<T = any> = any;
declare var Int16Array: any;
type Int32Array<T = any> = any;
declare var Int32Array: any;
type Uint8ClampedArray<T = any> = any;
declare var Uint8ClampedArray: any;
type Uint16Array<T = any> = any;
declare var Uint16Array: any;
type Uint32Array<T = any> = any;
declare var Uint32Array: any;
type Float16Array<T = any> = any;
declare var Float16Array: any;
type Float32Array<T = any> = any;
declare var Float32Array: any;
type Float64Array<T = any> = any;
declare var Float64Array: any;
type BigInt64Array<T = any> = any;
declare var BigInt64Array: any;
type BigUint64Array<T = any> = any;
declare var BigUint64Array: any;
type SharedArrayBuffer = any;
declare var SharedArrayBuffer: any;
declare var Atomics: any;
declare var WebAssembly: any;

type BigIntToLocaleStringOptions = Intl.Options;
declare namespace Intl {
  interface Options {
    [option: string]: any;
  }
  type NumberFormatOptions = Options;
  type DateTimeFormatOptions = Options;
  type CollatorOptions = Options;
  type LocalesArgument = any;
  interface Part {
    type: string;
    value: string;
    unit?: string;
    source?: string;
  }
  interface Formatter {
    resolvedOptions(): any;
  }
  interface FormatterConstructor<T> {
    new (locales?: any, options?: Options): T;
    supportedLocalesOf(locales: any, options?: Options): string[];
    readonly prototype: T;
  }
  interface CallableConstructor<T> extends FormatterConstructor<T> {
    (locales?: any, options?: Options): T;
  }
  interface NumberFormat extends Formatter {
    format(value: AsNumber | bigint): string;
    formatToParts(value?: AsNumber | bigint): Part[];
    formatRange(start: AsNumber | bigint, end: AsNumber | bigint): string;
    formatRangeToParts(start: AsNumber | bigint, end: AsNumber | bigint): Part[];
  }
  interface DateTimeFormat extends Formatter {
    format(date?: AsNumber): string;
    formatToParts(date?: AsNumber): Part[];
    formatRange(start: AsNumber, end: AsNumber): string;
    formatRangeToParts(start: AsNumber, end: AsNumber): Part[];
  }
  interface Collator extends Formatter {
    compare(a: AsText, b: AsText): number;
  }
  interface PluralRules extends Formatter {
    select(value: AsNumber): string;
    selectRange(start: AsNumber, end: AsNumber): string;
  }
  interface RelativeTimeFormat extends Formatter {
    format(value: AsNumber, unit: AsText): string;
    formatToParts(value: AsNumber, unit: AsText): Part[];
  }
  interface ListFormat extends Formatter {
    format(list: Iterable<any>): string;
    formatToParts(list: Iterable<any>): Part[];
  }
  interface DisplayNames extends Formatter {
    of(code: AsText): string;
  }
  interface DurationFormat extends Formatter {
    format(duration: any): string;
    formatToParts(duration: any): Part[];
  }
  interface Segmenter extends Formatter {
    segment(
      text: AsText,
    ): Iterable<{ segment: string; index: number; input: string; isWordLike?: boolean }> & { containing(index?: number): any };
  }
  interface Locale {
    [property: string]: any;
  }
  const NumberFormat: CallableConstructor<NumberFormat>;
  const DateTimeFormat: CallableConstructor<DateTimeFormat>;
  const Collator: CallableConstructor<Collator>;
  const PluralRules: FormatterConstructor<PluralRules>;
  const RelativeTimeFormat: FormatterConstructor<RelativeTimeFormat>;
  const ListFormat: FormatterConstructor<ListFormat>;
  const DisplayNames: FormatterConstructor<DisplayNames>;
  const DurationFormat: FormatterConstructor<DurationFormat>;
  const Segmenter: FormatterConstructor<Segmenter>;
  const Locale: { new (tag: any, options?: Options): Locale; readonly prototype: Locale };
  const v8BreakIterator: any;
  function getCanonicalLocales(locales?: any): string[];
  function supportedValuesOf(key: AsText): string[];
}

// The Web's part of a sandbox.
declare var self: typeof globalThis;
declare var console: Console;
interface Console {
  log(...values: any[]): void;
  info(...values: any[]): void;
  debug(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
  trace(...values: any[]): void;
  dir(value?: any, options?: any): void;
  table(value?: any, columns?: any): void;
  group(...values: any[]): void;
  groupCollapsed(...values: any[]): void;
  groupEnd(): void;
  assert(condition?: any, ...values: any[]): void;
  count(label?: any): void;
  countReset(label?: any): void;
  time(label?: any): void;
  timeEnd(label?: any): void;
  timeLog(label?: any, ...values: any[]): void;
  clear(): void;
}

type TimerHandler = (...values: any[]) => any;
declare function setTimeout(handler: TimerHandler, ms?: AsNumber, ...values: any[]): number;
declare function setInterval(handler: TimerHandler, ms?: AsNumber, ...values: any[]): number;
declare function clearTimeout(timer?: any): void;
declare function clearInterval(timer?: any): void;
declare function queueMicrotask(callback: () => any): void;
declare function structuredClone<T>(value: T, options?: { transfer?: any[] }): T;
declare function atob(text: AsText): string;
declare function btoa(text: AsText): string;
declare function reportError(error: any): void;
declare function addEventListener(type: string, listener: any, options?: any): void;
declare function removeEventListener(type: string, listener: any, options?: any): void;
declare function dispatchEvent(event: any): boolean;
declare var scheduler: { wait(ms: AsNumber, options?: { signal?: AbortSignal }): Promise<void> };
declare var performance: { now(): number; readonly timeOrigin: number };
declare var crypto: {
  randomUUID(): string;
  getRandomValues<T>(array: T): T;
  readonly subtle: any;
  readonly DigestStream: any;
};
declare var navigator: any;
declare var origin: string;

interface URLSearchParams {
  append(name: AsText, value: AsText): void;
  delete(name: AsText, value?: AsText): void;
  get(name: AsText): string | null;
  getAll(name: AsText): string[];
  has(name: AsText, value?: AsText): boolean;
  set(name: AsText, value: AsText): void;
  sort(): void;
  toString(): string;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => any, thisArg?: any): void;
  entries(): IteratorObject<[string, string], undefined, unknown>;
  keys(): IteratorObject<string, undefined, unknown>;
  values(): IteratorObject<string, undefined, unknown>;
  [Symbol.iterator](): IteratorObject<[string, string], undefined, unknown>;
  readonly size: number;
}
declare var URLSearchParams: { new (init?: any): URLSearchParams; readonly prototype: URLSearchParams };

interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
  toJSON(): string;
}
declare var URL: {
  new (url: AsText, base?: AsText): URL;
  canParse(url: AsText, base?: AsText): boolean;
  parse(url: AsText, base?: AsText): URL | null;
  createObjectURL(value: any): string;
  revokeObjectURL(url: AsText): void;
  readonly prototype: URL;
};

interface TextEncoder {
  readonly encoding: string;
  encode(text?: AsText): Uint8Array<ArrayBuffer>;
  encodeInto(text: AsText, into: Uint8Array): { read: number; written: number };
}
declare var TextEncoder: { new (): TextEncoder; readonly prototype: TextEncoder };
interface TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(bytes?: any, options?: { stream?: boolean }): string;
}
declare var TextDecoder: {
  new (label?: AsText, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
  readonly prototype: TextDecoder;
};

interface EventTarget {
  addEventListener(type: AsText, listener: any, options?: any): void;
  removeEventListener(type: AsText, listener: any, options?: any): void;
  dispatchEvent(event: any): boolean;
}
declare var EventTarget: { new (): EventTarget; readonly prototype: EventTarget };
interface AbortSignal extends EventTarget {
  readonly aborted: boolean;
  readonly reason: any;
  onabort: any;
  throwIfAborted(): void;
}
declare var AbortSignal: {
  readonly prototype: AbortSignal;
  abort(reason?: any): AbortSignal;
  any(signals: Iterable<AbortSignal>): AbortSignal;
  timeout(ms: AsNumber): AbortSignal;
};
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}
declare var AbortController: { new (): AbortController; readonly prototype: AbortController };
interface DOMException extends Error {
  readonly code: number;
}
declare var DOMException: {
  new (message?: AsText, name?: AsText): DOMException;
  readonly prototype: DOMException;
  [constant: string]: any;
};

// There, and worth no check: bytes, forms and streams without a network to send them over.
type Blob<T = any, U = any> = any;
declare var Blob: any;
type File<T = any, U = any> = any;
declare var File: any;
type FormData<T = any, U = any> = any;
declare var FormData: any;
type Headers<T = any, U = any> = any;
declare var Headers: any;
type Request<T = any, U = any> = any;
declare var Request: any;
type Response<T = any, U = any> = any;
declare var Response: any;
type ReadableStream<T = any, U = any> = any;
declare var ReadableStream: any;
type WritableStream<T = any, U = any> = any;
declare var WritableStream: any;
type TransformStream<T = any, U = any> = any;
declare var TransformStream: any;
type TextDecoderStream<T = any, U = any> = any;
declare var TextDecoderStream: any;
type TextEncoderStream<T = any, U = any> = any;
declare var TextEncoderStream: any;
type CompressionStream<T = any, U = any> = any;
declare var CompressionStream: any;
type DecompressionStream<T = any, U = any> = any;
declare var DecompressionStream: any;
type Event<T = any, U = any> = any;
declare var Event: any;
type CustomEvent<T = any, U = any> = any;
declare var CustomEvent: any;
type MessageChannel<T = any, U = any> = any;
declare var MessageChannel: any;
type MessagePort<T = any, U = any> = any;
declare var MessagePort: any;
type MessageEvent<T = any, U = any> = any;
declare var MessageEvent: any;
type ErrorEvent<T = any, U = any> = any;
declare var ErrorEvent: any;
type CloseEvent<T = any, U = any> = any;
declare var CloseEvent: any;
type PromiseRejectionEvent<T = any, U = any> = any;
declare var PromiseRejectionEvent: any;
type URLPattern<T = any, U = any> = any;
declare var URLPattern: any;
type Crypto<T = any, U = any> = any;
declare var Crypto: any;
type CryptoKey<T = any, U = any> = any;
declare var CryptoKey: any;
type SubtleCrypto<T = any, U = any> = any;
declare var SubtleCrypto: any;
type ByteLengthQueuingStrategy<T = any, U = any> = any;
declare var ByteLengthQueuingStrategy: any;
type CountQueuingStrategy<T = any, U = any> = any;
declare var CountQueuingStrategy: any;
type ReadableStreamDefaultReader<T = any, U = any> = any;
declare var ReadableStreamDefaultReader: any;
type ReadableStreamBYOBReader<T = any, U = any> = any;
declare var ReadableStreamBYOBReader: any;
type ReadableStreamBYOBRequest<T = any, U = any> = any;
declare var ReadableStreamBYOBRequest: any;
type ReadableStreamDefaultController<T = any, U = any> = any;
declare var ReadableStreamDefaultController: any;
type ReadableByteStreamController<T = any, U = any> = any;
declare var ReadableByteStreamController: any;
type WritableStreamDefaultController<T = any, U = any> = any;
declare var WritableStreamDefaultController: any;
type WritableStreamDefaultWriter<T = any, U = any> = any;
declare var WritableStreamDefaultWriter: any;
type TransformStreamDefaultController<T = any, U = any> = any;
declare var TransformStreamDefaultController: any;
