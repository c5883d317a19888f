class ValidationError extends Error {
  override name = "ValidationError";
  readonly field: string;
  constructor(field: string, message: string) {
    super(`${field}: ${message}`);
    this.field = field;
  }
}

const { content } = await filesystem.read_text_file({ path: "/data/config.json" });
const config = JSON.parse(content);
if (!config.port) throw new ValidationError("port", "is required");
return config.port;
/* @expect throws
ValidationError: port: is required
    at program.js:12:25
12 | if (!config.port) throw new ValidationError("port", "is required");
                             ^

Calls that had been made (1):
filesystem.read_text_file ok (N ms)
*/
