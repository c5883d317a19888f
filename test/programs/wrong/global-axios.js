const { data } = await axios.get("https://api.example.com/items");
return data;
/* @expect refused 1:24 /axios|find name|tool/ */
