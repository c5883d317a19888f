/** What `child_process.spawn` gets. */
export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** Windows: the arguments are quoted already. */
  readonly verbatim: boolean;
}

/**
 * How a configured command is started. On POSIX as it stands, never through a shell. On Windows `npx`, `npm` and most installed commands
 * are `.cmd` scripts, which only cmd.exe can run: everything that is not an `.exe` goes through it, with each argument quoted for the C
 * runtime and each character that cmd.exe treats specially escaped with a caret.
 */
export function childCommand(command: string, args: readonly string[], platform: NodeJS.Platform = process.platform): ChildCommand {
  if (platform !== "win32" || /\.(exe|com)$/i.test(command)) return { file: command, args, verbatim: false };
  const line = [escapeForCmd(command), ...args.map((arg) => escapeForCmd(quoteForWindows(arg)))].join(" ");
  return { file: "cmd.exe", args: ["/d", "/s", "/c", `"${line}"`], verbatim: true };
}

/** Backslashes count only before a quotation mark, there they are doubled. */
function quoteForWindows(arg: string): string {
  return `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, "$1$1")}"`;
}

function escapeForCmd(text: string): string {
  return text.replace(/[()\][%!^"`<>&|;, *?]/g, "^$&");
}

const INHERITED =
  process.platform === "win32"
    ? // The names that the MCP SDK inherits, and PATHEXT and COMSPEC, without which cmd.exe finds no command.
      [
        "APPDATA",
        "COMSPEC",
        "HOMEDRIVE",
        "HOMEPATH",
        "LOCALAPPDATA",
        "PATH",
        "PATHEXT",
        "PROCESSOR_ARCHITECTURE",
        "PROGRAMFILES",
        "SYSTEMDRIVE",
        "SYSTEMROOT",
        "TEMP",
        "USERNAME",
        "USERPROFILE",
      ]
    : ["HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER"];

/**
 * What a stdio upstream sees of our environment: what every program needs and nothing else, as with the MCP SDK. The rest may hold the
 * keys of other upstreams.
 */
export function inheritedEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = environment[name];
    // "()": a function exported by an old bash, code to any bash that inherits it.
    if (value !== undefined && !value.startsWith("()")) inherited[name] = value;
  }
  return inherited;
}
