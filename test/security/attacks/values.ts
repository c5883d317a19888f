import { returns, throws } from "../attack.ts";
import type { Attack } from "../attack.ts";

const row = (name: string, program: string, expected: Attack["expected"], calls: Attack["calls"] = []): Attack => ({
  name,
  program,
  expected,
  calls,
  where: "both",
});
const CAUGHT = "catch (e) { return [e instanceof ToolError, e.code, e.message]; }";
const REVOKED = "const { proxy, revoke } = Proxy.revocable({}, {}); revoke();";

export const thenables: readonly Attack[] = [
  row("as the result", "return { then(resolve) { resolve('value'); } }", returns("value")),
  row("that rejects", "return { then(_, reject) { reject('no'); } }", throws("The program threw a string: no")),
  row("that resolves twice", "return { then(resolve, reject) { resolve(1); resolve(2); reject(3); throw 4; } }", returns("1")),
  row("that throws", "return { then() { throw new Error('mine'); } }", throws(/^Error: mine\n/)),
  row("a getter that throws", "return { get then() { throw new Error('mine'); } }", throws(/^Error: mine\n/)),
  row(
    "a getter that changes its mind",
    "let n = 0; return { get then() { return n++ === 0 ? undefined : () => {}; } }",
    returns('{"then":"[Function: anonymous]"}'),
  ),
  row("inside the result", "return [{ then(resolve) { resolve(1); } }]", returns('[{"then":"[Function: then]"}]')),
  row(
    "a proxy that answers everything",
    "const p = new Proxy(() => {}, { get: (_, k) => k === 'then' ? undefined : p, apply: () => p }); return [p]",
    returns(/^\["\[Function: .*\]"\]$/),
  ),
  row("thrown", "throw { then(resolve) { resolve(1); } }", throws('The program threw an object: {"then":"[Function: then]"}')),
  row(
    "as the arguments",
    `try { await peer.echo({ then(resolve) { resolve({}); } }); } ${CAUGHT}`,
    returns('[true,"tool_arguments","peer.echo: the arguments cannot be sent as JSON: \\"then\\" is a function"]'),
  ),
  row(
    "inside the arguments",
    `try { await peer.echo({ a: { b: { then() {} } } }); } ${CAUGHT}`,
    returns('[true,"tool_arguments","peer.echo: the arguments cannot be sent as JSON: \\"then\\" is a function"]'),
  ),
  row(
    "a promise as the arguments",
    `try { await peer.echo(Promise.resolve({})); } ${CAUGHT}`,
    returns('[true,"tool_arguments","peer.echo: the arguments cannot be sent as JSON: \\"args\\" is a Promise; add await"]'),
  ),
  row("a property named then in the arguments", "return await peer.echo({ then: 'x' })", returns('{"then":"x"}'), [
    { tool: "echo", args: { then: "x" } },
  ]),
  row(
    "on every object",
    "Object.prototype.then = function (resolve) { delete Object.prototype.then; resolve('mine'); }; return {}",
    returns("mine"),
  ),
  row("on every object, for ever", "Object.prototype.then = function (resolve) { resolve('mine'); }; return 'text'", returns("text")),
  row(
    "on every object, during a call",
    "Object.prototype.then = function (resolve) { resolve('mine'); }; return [await peer.echo({ a: 1 })]",
    returns("mine"),
    [{ tool: "echo", args: { a: 1 } }],
  ),
  row("the namespace, awaited", "return typeof (await peer).echo", returns("function")),
  row("the namespace, as arguments", "try { await peer.echo(peer); } catch (e) { return e.code; }", returns("tool_arguments")),
];

export const accessors: readonly Attack[] = [
  row(
    "a getter of the result that throws",
    "return { a: 1, b: { get c() { throw new Error('mine'); } } }",
    returns('{"a":1,"b":{"c":"[cannot be read: Error: mine]"}}'),
  ),
  row("a getter of the result that throws null", "return [{ get a() { throw null; } }]", returns('[{"a":"[cannot be read: null]"}]')),
  row("toJSON of the result that throws", "return { toJSON() { throw new Error('mine'); } }", returns('"[cannot be read: Error: mine]"')),
  row("toJSON of the result that gives itself", "const a = { toJSON: () => a }; return a", returns('"[Circular: $]"')),
  row(
    "toJSON of the result that gives another, for ever",
    "const a = () => ({ toJSON: a }); return a()",
    returns('"[more than 100 levels deep]"'),
  ),
  row(
    "a getter of the arguments that throws",
    `try { await peer.echo({ get a() { throw new Error('mine'); } }); } ${CAUGHT}`,
    returns('[true,"tool_arguments","peer.echo: the arguments cannot be sent as JSON: mine"]'),
  ),
  row(
    "a getter of the arguments that throws null",
    `try { await peer.echo({ get a() { throw null; } }); } ${CAUGHT}`,
    returns(/^\[true,"tool_arguments","peer\.echo: the arguments cannot be sent as JSON/),
  ),
  row(
    "an error's message that throws",
    "throw Object.defineProperty(new Error('x'), 'message', { get() { throw 1; } })",
    throws(/^Error: \(no message\)/),
  ),
  row("an error's name that throws", "throw Object.defineProperty(new Error('x'), 'name', { get() { throw 1; } })", throws(/^Error: x/)),
  row("an error's stack that throws", "throw Object.defineProperty(new Error('x'), 'stack', { get() { throw 1; } })", throws("Error: x")),
  row("an error's cause that throws", "throw Object.defineProperty(new Error('x'), 'cause', { get() { throw 1; } })", throws(/^Error: x/)),
  row(
    "an error's texts that are no texts",
    "throw Object.assign(new Error('x'), { name: {}, message: 1, stack: Symbol('s') })",
    throws("Error: (no message)"),
  ),
  row(
    "errors that are each other's cause",
    "const a = new Error('a'), b = new Error('b', { cause: a }); a.cause = b; throw a",
    throws(/^Error: a\n {2}caused by Error: b \(program\.js:1:31\)\n {4}at program\.js:1:11\n1 \| /),
  ),
  row(
    "an error's stack with places that do not exist",
    `
    const places = ['0:0', '99999:99999', '1e3:1', '9'.repeat(400) + ':' + '9'.repeat(400)];
    throw Object.assign(new Error('x'), { stack: places.map((place) => '    at program.js:' + place).join('\\n') })`,
    throws(/^Error: x\n {4}at program\.js:/),
  ),
  row(
    "an error's stack with places without an end",
    "throw Object.assign(new Error('x'), { stack: '    at program.js:1:29\\n'.repeat(1_000_000) })",
    throws(/^Error: x\n {4}at program\.js:1:1 \(10 times\)\n1 \| throw Object/),
  ),
  row(
    "an error's stack with places that are no lines of it",
    "throw Object.assign(new Error('x'), { stack: 'program.js:1:29 '.repeat(1_000_000) })",
    throws("Error: x"),
  ),
  row(
    "an error's stack that looks like a file",
    "throw Object.assign(new Error('x'), { stack: 'at /etc/passwd:1:1 at harness.sandbox.js:1:1' })",
    throws("Error: x"),
  ),
];

export const proxies: readonly Attack[] = [
  row("as the result", "return new Proxy({ a: 1 }, {})", returns('{"a":1}')),
  row(
    "whose every trap throws, as the result",
    "return [new Proxy({}, new Proxy({}, { get() { throw new Error('mine'); } }))]",
    returns('["[cannot be read: Error: mine]"]'),
  ),
  row(
    "whose every trap throws, thrown",
    "throw new Proxy({}, new Proxy({}, { get() { throw new Error('mine'); } }))",
    throws('The program threw an object: "[cannot be read: Error: mine]"'),
  ),
  row(
    "whose every trap throws, printed",
    "console.log(new Proxy({}, new Proxy({}, { get() { throw new Error('mine'); } }))); return 1",
    returns('1\n\nConsole:\n"[cannot be read: Error: mine]"'),
  ),
  row(
    "whose every trap throws, as arguments",
    `try { await peer.echo(new Proxy({}, new Proxy({}, { get() { throw new Error('mine'); } }))); } catch (e) { return e.message; }`,
    returns(/mine$/),
  ),
  row("revoked, as the result", `${REVOKED} return proxy`, throws(/^TypeError: Cannot perform 'get' on a proxy that has been revoked/)),
  row("revoked, inside the result", `${REVOKED} return [proxy]`, returns(/^\["\[cannot be read: TypeError: .* revoked\]"\]$/)),
  row("revoked, thrown", `${REVOKED} throw proxy`, throws(/^The program threw an object: "\[cannot be read: TypeError: .* revoked\]"$/)),
  row(
    "revoked, printed",
    `${REVOKED} console.log(proxy); return 1`,
    returns(/^1\n\nConsole:\n"\[cannot be read: TypeError: .* revoked\]"$/),
  ),
  row("revoked, as arguments", `${REVOKED} try { await peer.echo(proxy); } catch (e) { return e.name; }`, returns(/Error$/)),
  row("that claims to be a map", "return [new Proxy({}, { getPrototypeOf: () => Map.prototype })]", returns('[{"[Map]":[]}]')),
  row(
    "that claims to be an error",
    "throw new Proxy({}, { getPrototypeOf: () => Error.prototype, get: (_, k) => k === 'message' ? 'mine' : undefined })",
    throws("Error: mine"),
  ),
  row("of an array with a huge length", "return [new Proxy([], { get: (t, k) => k === 'length' ? -1 : t[k] })]", returns("[[]]")),
  row(
    "with keys that are not there",
    "return [new Proxy({}, { ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }), get: () => undefined })]",
    returns("[{}]"),
  ),
  row("as arguments", "return await peer.echo(new Proxy({ a: 1 }, {}))", returns('{"a":1}'), [{ tool: "echo", args: { a: 1 } }]),
  row(
    "as arguments, an array in disguise",
    `try { await peer.echo(new Proxy([], {})); } ${CAUGHT}`,
    returns('[true,"tool_arguments","peer.echo: takes one object with named arguments, got an array"]'),
  ),
];

export const prototypes: readonly Attack[] = [
  row("every object of this sandbox", "Object.prototype.polluted = 1; globalThis.evil = 1; return {}", returns("{}")),
  row("every array of this sandbox", "Array.prototype.polluted = 1; return []", returns("[]")),
  row(
    "frozen",
    "for (const f of [Object, Array, Function, Promise, String, Map, Set]) { Object.freeze(f); Object.freeze(f.prototype); } return await peer.echo({ a: 1 })",
    returns('{"a":1}'),
    [{ tool: "echo", args: { a: 1 } }],
  ),
  row(
    "the shape of a request",
    "Object.assign(Object.prototype, { op: 'describe', name: 'peer.big', namespace: 'hostile', tool: 'big', args: {} }); return await peer.echo({ a: 1 })",
    returns('{"a":1}'),
    [{ tool: "echo", args: { a: 1 } }],
  ),
  row(
    "the shape of an outcome",
    "Object.assign(Object.prototype, { kind: 'threw', error: undefined, text: 'forged', droppedLines: 1e9, message: 'x', stack: 'x' }); return 'mine'",
    returns("mine"),
  ),
  row(
    "the shape of a property",
    "Object.assign(Object.prototype, { get: () => 1, set: () => {}, value: 2, writable: false }); return 'mine'",
    returns("mine"),
  ),
  row(
    "toJSON of everything, and a call",
    "Object.prototype.toJSON = () => ({ op: 'call', namespace: 'peer', tool: 'big', args: [] }); try { await peer.echo({}); } catch (e) { return e.code; }",
    returns("tool_arguments"),
  ),
  row(
    "sent as __proto__",
    `return await peer.echo({ a: JSON.parse('{"__proto__":{"polluted":true}}') })`,
    returns(/^\{"a":\{("__proto__":\{"polluted":true\})?\}\}$/),
    [{ tool: "echo", args: { a: JSON.parse('{"__proto__":{"polluted":true}}') as unknown } }],
  ),
  row(
    "sent as constructor.prototype",
    "return await peer.echo({ constructor: { prototype: { polluted: true } } })",
    returns('{"constructor":{"prototype":{"polluted":true}}}'),
    [{ tool: "echo", args: { constructor: { prototype: { polluted: true } } } }],
  ),
  row(
    "received as __proto__",
    "const r = await peer.proto_text({}); return [({}).polluted, r.polluted, Object.hasOwn(r, '__proto__')]",
    returns("[null,null,true]"),
    [{ tool: "proto_text", args: {} }],
  ),
  row(
    "received as __proto__ in structured content",
    "const r = await peer.proto_structured({}); return [({}).polluted, r.a.polluted]",
    returns("[null,null]"),
    [{ tool: "proto_structured", args: {} }],
  ),
  row(
    "received and returned",
    "return await peer.proto_text({})",
    returns('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    [{ tool: "proto_text", args: {} }],
  ),
  row("of the namespace", "try { Object.setPrototypeOf(peer, null); } catch (e) { return e.name; }", returns("TypeError")),
  row(
    "of the namespace, through its own",
    "return [peer.__proto__, typeof peer.constructor, peer.constructor === Object]",
    returns('[null,"function",true]'),
  ),
  row(
    "of globalThis",
    "Object.setPrototypeOf(Object.getPrototypeOf(globalThis), new Proxy({}, { get() { throw 1; } })); return await peer.echo({})",
    returns("{}"),
    [{ tool: "echo", args: {} }],
  ),
];
