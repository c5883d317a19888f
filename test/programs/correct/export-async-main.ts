export async function main(): Promise<number> {
  const { content } = await filesystem.list_directory({ path: "/data" });
  return content.split("\n").filter((line) => line.startsWith("[FILE]")).length;
}
/* @expect returns
6
*/
