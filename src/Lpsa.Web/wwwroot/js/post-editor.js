// Keeps what is typed on the server and shows it as it will look. Without this script the form saves as any other.
const quiet = 900;

class PostEditor extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    this.preview = this.querySelector(".preview");
    this.preview.hidden = false;
    this.show();
    this.form.addEventListener("input", () => {
      this.unsent = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.changed(), quiet);
    });
    this.form.addEventListener("submit", () => (this.unsent = false));
    addEventListener("beforeunload", (leaving) => this.unsent && leaving.preventDefault());
  }

  async changed() {
    await Promise.all([this.keep(), this.show()]);
  }

  send(address) {
    return fetch(address, { method: "POST", body: new FormData(this.form) });
  }

  async keep() {
    try {
      const answer = await this.send(this.dataset.copy);
      if (!answer.ok) throw new Error(answer.statusText);
      const kept = await answer.json();
      this.unsent = false;
      const time = new Date(kept.saved_at).toLocaleTimeString(document.documentElement.lang);
      this.status.textContent = kept.is_behind ? this.dataset.behind : this.dataset.saved.replace("{time}", time);
    } catch {
      this.status.textContent = this.dataset.lost;
      this.timer = setTimeout(() => this.keep(), 5000);
    }
  }

  async show() {
    const answer = await this.send(this.dataset.preview).catch(() => null);
    // The server renders Markdown without HTML, by the same code as the public page.
    if (answer?.ok) this.preview.querySelector(".prose").innerHTML = await answer.text();
  }
}

customElements.define("post-editor", PostEditor);
