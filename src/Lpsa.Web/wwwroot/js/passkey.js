// Passkeys. Shown only where the browser has them; everything else on the page works without this script.
const known = globalThis.PublicKeyCredential;

async function ask(kind, options, body) {
  const answer = await fetch(options, { method: "POST", body });
  if (!answer.ok) throw new Error(answer.statusText);
  const json = await answer.json();
  return kind === "create"
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(json) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(json) });
}

if (known?.parseCreationOptionsFromJSON)
  for (const place of document.querySelectorAll("[data-passkey]")) {
    const form = place.querySelector("form");
    const failed = place.querySelector("[role=alert]");
    place.hidden = false;
    form.addEventListener("submit", async (sending) => {
      sending.preventDefault();
      failed.hidden = true;
      try {
        const credential = await ask(place.dataset.passkey, place.dataset.options, new FormData(form));
        form.elements.Credential.value = JSON.stringify(credential);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
