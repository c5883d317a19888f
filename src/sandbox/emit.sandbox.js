// `codemode.emit`: content that goes to the caller at once, so that it is there even if the program never ends.
import { blockIn } from "./blocks.sandbox.js";
import { plainValue } from "./show.sandbox.js";

const { isArray } = Array;
const WrongArgument = TypeError;
const silent = () => {};

const USAGE =
  "codemode.emit(content): content is a text, a content block, or an array of them. A block is one of " +
  '{ type: "text", text }, { type: "image" | "audio", data, mimeType } with data in base64, { type: "resource_link", uri, name }, ' +
  '{ type: "resource", resource: { uri, text } or { uri, blob } }';

export function makeEmit(bridge, outbox) {
  let dropped = 0;
  let last = Promise.resolve();

  const send = (block) => {
    const cut = outbox.cut(block);
    const packed = cut === undefined ? undefined : outbox.pack(cut);
    if (packed === undefined) {
      dropped += 1;
      return;
    }
    last = bridge.emit(packed.head, packed.body);
    last.catch(silent);
  };
  const emit = (content) => {
    const blocks = [];
    for (const item of isArray(content) ? content : [content]) {
      const block = typeof item === "string" ? { type: "text", text: item } : blockIn(plainValue(item));
      // All or nothing, so that a program that corrects itself does not repeat what has gone out.
      if (block === undefined) throw new WrongArgument(USAGE);
      blocks.push(block);
    }
    for (const block of blocks) send(block);
  };
  return { emit, flushed: () => last.catch(silent), dropped: () => dropped };
}
