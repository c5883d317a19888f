const title = document.querySelector("title").textContent;
return title;
/* @expect refused 1:15 /document|DOM|browser/ */
