import { quote } from "./comment.ts";
import { isIdentifier } from "./names.ts";
import type { Member, Type } from "./type-tree.ts";

export interface PrintOptions {
  /** The comment behind a property, empty for none. A type without comments is one line. */
  readonly remark: (name: string, comment: string) => string;
  /** What stands before each new line, as spaces. */
  readonly indent: string;
}

/** TypeScript finds these on `{}` too, so that an object without them would not fit `{ constructor?: string }`. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A type as TypeScript text. An object takes several lines only when something in it carries a comment. */
export function printType(type: Type, options: PrintOptions): string {
  switch (type.kind) {
    case "any":
    case "never":
      return type.kind;
    case "primitive":
    case "name":
      return type.name;
    case "literal":
      return type.text;
    case "array":
      return `${operand(type.element, options)}[]`;
    case "tuple": {
      const elements = type.elements.map((element, index) =>
        index < type.required ? printType(element, options) : `${operand(element, options)}?`,
      );
      const rest = type.rest === undefined ? [] : [`...${operand(type.rest, options)}[]`];
      return `[${[...elements, ...rest].join(", ")}]`;
    }
    case "object":
      return printObject(type, options);
    case "union":
      return type.parts.map((part) => printType(part, options)).join(" | ");
    case "intersection":
      return type.parts.map((part) => (part.kind === "union" ? `(${printType(part, options)})` : printType(part, options))).join(" & ");
  }
}

/** A property name: quoted unless it is an identifier. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

function printObject(type: Type & { kind: "object" }, options: PrintOptions): string {
  const inner = { ...options, indent: `${options.indent} ` };
  const members = type.members.map((member) => {
    const comment = member.comment === "" ? "" : options.remark(member.name, member.comment);
    return { comment, text: printMember(member, inner) };
  });
  const index = printIndex(type, inner);
  const commented = members.some(({ comment }) => comment !== "");
  if (!commented && !members.some(({ text }) => text.includes("\n")) && !index.includes("\n")) {
    const parts = [...members.map(({ text }) => text), ...(index === "" ? [] : [index])];
    return parts.length === 0 ? "{}" : `{ ${parts.join("; ")} }`;
  }
  const lines = members.flatMap(({ comment, text }) => {
    if (comment === "") return [text];
    // Behind a type of several lines nobody would see to what the comment belongs.
    return text.includes("\n") ? [`// ${comment}`, text] : [`${text} // ${comment}`];
  });
  if (index !== "") lines.push(index);
  return `{\n${lines.map((line) => `${inner.indent}${line}\n`).join("")}${options.indent}}`;
}

function printMember(member: Member, options: PrintOptions): string {
  const type = member.optional && INHERITED.has(member.name) ? "any" : printType(member.type, options);
  return `${propertyName(member.name)}${member.optional ? "?" : ""}: ${type}`;
}

/** The index signature. Beside declared members it is `any`, because TypeScript wants every member to fit into it. */
function printIndex(type: Type & { kind: "object" }, options: PrintOptions): string {
  const empty = type.members.length === 0;
  if (type.extra === "unsaid") return empty ? "[key: string]: any" : "";
  if (type.extra === "shut") return empty ? "[key: string]: never" : "";
  return `[key: string]: ${empty ? printType(type.extra, options) : "any"}`;
}

function operand(type: Type, options: PrintOptions): string {
  const text = printType(type, options);
  return type.kind === "union" || type.kind === "intersection" ? `(${text})` : text;
}
