// What the proxy itself puts beside the namespaces. Read by the Checker alone, as `sandbox.d.ts` is.

interface ToolError extends Error {
  readonly name: "ToolError";
  readonly code: any;
  readonly namespace: string;
  readonly tool: string;
  readonly content: any[];
  readonly structuredContent?: any;
}
declare var ToolError: { new (...values: any[]): ToolError; readonly prototype: ToolError };

declare namespace codemode {
  interface Tools {
    search(
      query: AsText,
      options?: { namespace?: string; limit?: number },
    ): Promise<{ name: string; signature: string; description: string }[]>;
    describe(name: string): Promise<string>;
    raw(name: string, args?: object): Promise<any>;
    namespaces(): Promise<any[]>;
    emit(content: any): void;
    result(id: any): Promise<any>;
    readonly resources: resources.Tools;
    readonly prompts: prompts.Tools;
  }

  /** What MCP calls so. Each may have any of what is optional, and only one of `text` and `blob`. */
  interface Resource {
    uri: string;
    name: string;
    title?: string;
    description?: string;
    mimeType?: string;
    size?: number;
    annotations?: any;
    icons?: any[];
    _meta?: any;
  }
  interface ResourceTemplate {
    uriTemplate: string;
    name: string;
    title?: string;
    description?: string;
    mimeType?: string;
    annotations?: any;
    icons?: any[];
    _meta?: any;
  }
  interface Contents {
    uri: string;
    mimeType?: string;
    text?: string;
    blob?: string;
    _meta?: any;
  }
  interface Prompt {
    name: string;
    title?: string;
    description?: string;
    arguments?: { name: string; title?: string; description?: string; required?: boolean }[];
    icons?: any[];
    _meta?: any;
  }
  /** All forms of a content block in one: a program that looks at `type` first, and one that does not, are both right. */
  interface Block {
    type: "text" | "image" | "audio" | "resource_link" | "resource";
    text?: string;
    data?: string;
    mimeType?: string;
    uri?: string;
    name?: string;
    title?: string;
    description?: string;
    size?: number;
    icons?: any[];
    resource?: Contents;
    annotations?: any;
    _meta?: any;
  }

  namespace resources {
    interface Tools {
      list(namespace?: string): Promise<Resource[]>;
      templates(namespace?: string): Promise<ResourceTemplate[]>;
      read(uri: string): Promise<{ contents: Contents[]; _meta?: any }>;
    }
  }
  namespace prompts {
    interface Tools {
      list(namespace?: string): Promise<Prompt[]>;
      get(
        name: string,
        args?: { [argument: string]: string },
      ): Promise<{ description?: string; messages: { role: "user" | "assistant"; content: Block }[]; _meta?: any }>;
    }
  }
}
declare const codemode: codemode.Tools;
