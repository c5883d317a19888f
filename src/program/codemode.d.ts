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
  }
}
declare const codemode: codemode.Tools;
