const token = process.env.GITHUB_TOKEN;
const me = await github.get_me();
return { me, token };
/* @expect refused 1:15 /process|environment|secret/ */
