/** Names that a program must find unchanged, and names that would do harm. Data only, so that a test inside workerd can compare. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Cannot be the name of a `const` in strict module code, or not be read back as what was declared. */
const JAVASCRIPT_WORDS = words(`
  arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch this
  throw true try typeof undefined var void while with yield Infinity NaN`);

/** Start a type operator, so that `keyof.some_Type` would not parse as a type. */
const TYPESCRIPT_WORDS = words("abstract asserts infer is keyof readonly unique");

/** `Object.getOwnPropertyNames` along the prototype chain of `globalThis` in workerd, with and without Node compatibility. */
const SANDBOX_GLOBALS = words(`
  AbortController AbortSignal AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Blob Body
  Boolean BroadcastChannel Buffer ByteLengthQueuingStrategy Cache CacheStorage CloseEvent Cloudflare CompressionStream
  CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DataView Datagram Date DecompressionStream DisposableStack Error
  ErrorEvent EvalError Event EventSource EventTarget ExtendableEvent FetchEvent File FinalizationRegistry FixedLengthStream Float16Array
  Float32Array Float64Array FormData Function HTMLRewriter Headers IdentityTransformStream Int16Array Int32Array Int8Array Intl Iterator
  JSON Map Math MessageChannel MessageEvent MessagePort Navigator Number Object Performance PerformanceEntry PerformanceMark
  PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming Promise PromiseRejectionEvent Proxy
  RangeError ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
  ReadableStreamDefaultController ReadableStreamDefaultReader ReferenceError Reflect RegExp Request Response ScheduledEvent
  ServiceWorkerGlobalScope Set SharedArrayBuffer String SubtleCrypto SuppressedError Symbol SyntaxError TailEvent Temporal TextDecoder
  TextDecoderStream TextEncoder TextEncoderStream TraceEvent TransformStream TransformStreamDefaultController TypeError URIError URL
  URLPattern URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly WebSocket
  WebSocketPair WebSocketRequestResponsePair WorkerGlobalScope WritableStream WritableStreamDefaultController WritableStreamDefaultWriter
  addEventListener atob btoa caches clearImmediate clearInterval clearTimeout console crypto decodeURI decodeURIComponent dispatchEvent
  encodeURI encodeURIComponent escape fetch global globalThis isFinite isNaN navigator origin parseFloat parseInt performance process
  queueMicrotask removeEventListener reportError scheduler self setImmediate setInterval setTimeout structuredClone unescape`);

/** What programmers expect of Node; a program that probes for them must not meet an upstream. */
const NODE_GLOBALS = words("__dirname __filename exports module require");

/** What the proxy itself puts beside the namespaces. */
const OWN_GLOBALS = words("ToolError codemode");

/**
 * Properties that the language or a formatter reads from any object: an own `then` makes a namespace a thenable, an own `toString`
 * or `toJSON` would be called while it is shown, `__proto__` never becomes an own property by assignment.
 */
export const DANGEROUS_PROPERTIES: readonly string[] = words(`
  __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ constructor hasOwnProperty isPrototypeOf
  propertyIsEnumerable then toJSON toLocaleString toString valueOf`);

/** Names that no namespace may have. */
export const RESERVED_NAMES: readonly string[] = [
  ...new Set([...JAVASCRIPT_WORDS, ...TYPESCRIPT_WORDS, ...SANDBOX_GLOBALS, ...NODE_GLOBALS, ...OWN_GLOBALS, ...DANGEROUS_PROPERTIES]),
].sort();
