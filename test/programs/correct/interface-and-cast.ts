interface Config {
  name: string;
  version: string;
  features: { beta: boolean; limits: number[] };
}

const { content } = await filesystem.read_text_file({ path: "/data/config.json" });
const config = JSON.parse(content) as Config;
return config.features.limits.reduce((a, b) => a + b);
/* @expect returns
16
*/
