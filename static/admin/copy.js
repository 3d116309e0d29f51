// "Copy" buttons: shown only where the browser can do it; the text can be marked and copied by hand anyway.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy"); // not a secure address: the old way
      }
      button.textContent = button.dataset.copied;
    });
  }
});
