const request = new XMLHttpRequest();
request.open("GET", "https://example.com");
request.send();
return request.responseText;
/* @expect refused 1:21 /XMLHttpRequest|network|tool/ */
