// Small comforts. Every page works without this file.
"use strict";
(() => {
  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // Times: one click from the zone of the place to the zone of the reader, and back.
  each("[data-zones]", (button) => {
    const times = document.querySelectorAll("time[data-zone]");
    const zones = document.querySelectorAll("[data-zone-said]");
    if (!times.length || !window.Intl) return;
    const format = new Intl.DateTimeFormat(document.documentElement.lang, {
      year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false, timeZoneName: "long",
    });
    // In a programme the clock alone, with the day where it is another one for the reader.
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang; // the day before the month
    const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const dated = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const written = (at) => [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    const inOwnZone = (time) => {
      const at = new Date(time.dateTime);
      if (time.dataset.zone !== "clock") return format.format(at);
      return (written(at) === time.dataset.day ? clock : dated).format(at);
    };
    const zoneName = () => new Intl.DateTimeFormat(language, { timeZoneName: "long" }).formatToParts(new Date(times[0].dateTime))
      .find((part) => part.type === "timeZoneName").value;
    button.hidden = false;
    button.addEventListener("click", () => {
      const own = button.getAttribute("aria-pressed") !== "true";
      times.forEach((time) => {
        time.dataset.told = time.dataset.told || time.textContent;
        time.textContent = own ? inOwnZone(time) : time.dataset.told;
      });
      zones.forEach((zone) => {
        zone.dataset.told = zone.dataset.told || zone.textContent;
        zone.textContent = own ? zone.dataset.zoneSaid.replace("{zone}", zoneName()) : zone.dataset.told;
      });
      button.setAttribute("aria-pressed", String(own));
    });
  });

  // Copy: the text of the element that data-copy names; selected when the browser does not let us copy.
  each("button[data-copy]", (button) => {
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = "value" in source ? source.value : source.textContent.trim();
      try {
        await navigator.clipboard.writeText(text);
        const label = button.textContent;
        button.textContent = button.dataset.done || label;
        setTimeout(() => { button.textContent = label; }, 2000);
      } catch {
        if (source.select) source.select(); else window.getSelection().selectAllChildren(source);
      }
    });
  });

  // After a refused form the reader starts at the list of what to mend.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
})();
