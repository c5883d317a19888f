try {
  await tracker.get_ticket({ id: "T-404" });
} catch (error) {
  if (error instanceof ToolError) {
    return `${error.namespace}.${error.tool} failed: ${error.code}`;
  }
  throw error;
}
return "no error";
/* @expect returns
tracker.get_ticket failed: tool_failed
*/
