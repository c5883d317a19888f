// What the bundler turns into text: sandbox code, the configuration, the Checker's bundle.
declare module "*.sandbox.js" {
  const text: string;
  export default text;
}
declare module "*.jsonc" {
  const text: string;
  export default text;
}
declare module "*.txt" {
  const text: string;
  export default text;
}
