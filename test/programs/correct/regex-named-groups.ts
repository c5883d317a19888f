const { content } = await filesystem.read_text_file({ path: "/data/app.log" });
const LINE = /^(?<time>\S+) (?<level>[A-Z]+) (?<text>.*)$/;
const errors: { time: string; text: string }[] = [];
for (const line of content.split("\n")) {
  const match = LINE.exec(line);
  if (match?.groups?.level === "ERROR") {
    errors.push({ time: match.groups.time, text: match.groups.text });
  }
}
return errors;
/* @expect returns
[{"time":"2026-10-01T10:00:05Z","text":"db timeout after 3000ms"},{"time":"2026-10-01T10:02:00Z","text":"db timeout after 5000ms"}]
*/
