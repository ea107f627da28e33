// While something is under way its part of the page is fetched again; when it has ended the whole page is.
const wait = 1500;

async function look() {
  const place = document.querySelector("[data-progress]");
  if (!place) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-progress]");
    if (!now) return location.reload();
    place.replaceChildren(...now.childNodes);
  } catch {
    // The network may come back.
  }
  setTimeout(look, wait);
}

setTimeout(look, wait);
