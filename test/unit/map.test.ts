import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** Every file below a folder of the repository, as `src/core/bytes.ts`. */
function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== ".DS_Store")
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
}

/** What stands in backticks and looks like a path of the repository; patterns and commands do not. */
function pathsNamedIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s*]+)`/g)].map(([, token = ""]) => token);
  return quoted.filter((token) => /^(?:src|scripts|docs|test|schemas|examples|\.ci)\/|^[\w.-]+\.(?:jsonc?|md|ts)$/.test(token));
}

describe("AGENTS.md", () => {
  const map = read("AGENTS.md");

  it.each(["src", "scripts", "docs"])("names every file under %s", (folder) => {
    const files = filesIn(folder);
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((file) => !map.includes(`\`${file}\``))).toEqual([]);
  });

  it("names no file that does not exist", () => {
    expect(pathsNamedIn(map).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe("the documentation", () => {
  const documents = ["README.md", "AGENTS.md", ...filesIn("docs")].filter((file) => file.endsWith(".md"));

  it("links to files that exist", () => {
    const broken = documents.flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !existsSync(join(ROOT, dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("says of other implementations' faults which tests show them done right, and those exist", () => {
    const rows = [...read("docs/testing.md").matchAll(/^\| .+ \| `(test\/[^`]+\.test\.ts)` \| (.+?) +\|$/gm)];
    expect(rows.length).toBeGreaterThan(20);
    const missing = rows.filter(([, file = "", name = ""]) => !read(file).includes(name)).map(([row]) => row);
    expect(missing).toEqual([]);
  });
});
