await filesystem.write_file({ path: "/etc/report.md", content: "# Report" });
return "written";
/* @expect throws
ToolError: filesystem.write_file: Access denied - path outside allowed directories: /etc/report.md
    at program.js:1:1
1 | await filesystem.write_file({ path: "/etc/report.md", content: "# Report" });
    ^

Calls that had been made (1):
filesystem.write_file failed (N ms)
*/
