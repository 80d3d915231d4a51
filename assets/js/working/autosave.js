// Saves a form as one types, says when, and keeps the text on the device while there is no
// connection: for the same account only, until it signs out, and for a day at most.  What is marked
// data-unkept never stays on the device: it stands in the page, which asks before it is left.
const DAY = 24 * 60 * 60 * 1000;
const PAUSE = 1200;
const LONGEST = 60_000;
const MARK = "typed:";

const owner = () => document.querySelector("input[name=owner]")?.value || "";

const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(MARK));

const forget = (unwanted) => kept().filter(unwanted).forEach((key) => localStorage.removeItem(key));

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const tidyUp = () => {
  const mine = owner();
  forget((key) => {
    const found = read(key);
    return !found || Date.now() - found.at > DAY || (mine && found.owner !== mine);
  });
  document
    .querySelectorAll("form[action$='/sign-out']:not([action*='/devices/']), form[action$='/sign-out-everywhere']")
    .forEach((form) => form.addEventListener("submit", () => forget(() => true)));
};

const fieldsOf = (form) => {
  const data = new FormData(form);
  ["csrf_token", "owner"].forEach((name) => data.delete(name));
  return [...data.entries()].filter(([, value]) => typeof value === "string");
};

const putBack = (form, fields) => {
  form.querySelectorAll("input[type=checkbox], input[type=radio]").forEach((box) => {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
  });
  fields.forEach(([name, value]) => {
    const field = form.elements[name];
    if (field && "value" in field && !["checkbox", "radio"].includes(field.type)) {
      field.value = value;
    }
  });
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const watch = (place) => {
  const form = document.getElementById(place.dataset.form);
  const said = form.querySelector("[data-said]");
  const key = `${MARK}${location.pathname}`;
  let timer;
  let wait = PAUSE;
  let busy = false;
  let again = false;
  let leaving = false;
  let typed = 0;
  let saved = 0;
  const unkept = "unkept" in place.dataset;

  const say = (words) => {
    said.textContent = words;
  };
  const keep = () => {
    if (unkept) return;
    const told = { owner: owner(), at: Date.now(), fields: fieldsOf(form) };
    try {
      localStorage.setItem(key, JSON.stringify(told));
    } catch {
      // The device is full or forbids it; the text still stands in the page.
    }
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const send = () =>
    fetch(place.dataset.typed, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });

  const take = async (answer, upTo) => {
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      keep();
      say(place.dataset.away);
      return;
    }
    if (answer.status >= 500) throw new Error("the server failed");
    const told = await answer.json();
    if (answer.ok) {
      form.elements.opened.value = told.opened;
      saved = upTo;
      if (!unkept) localStorage.removeItem(key);
    }
    say(told.saved || told.wrong);
  };

  const save = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    try {
      const upTo = typed;
      await take(await send(), upTo);
      wait = PAUSE;
    } catch {
      if (!leaving) {
        keep();
        say(place.dataset.failed);
        wait = Math.min(wait * 2, LONGEST);
        later(wait);
      }
    }
    busy = false;
    if (again) later(PAUSE);
  };

  form.addEventListener("input", () => {
    typed += 1;
    later(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (navigator.onLine) {
      leaving = true;
      return;
    }
    event.preventDefault();
    keep();
    say(place.dataset.failed);
    later(wait);
  });
  window.addEventListener("online", () => later(0));
  if (unkept) {
    window.addEventListener("beforeunload", (event) => {
      if (saved < typed && !leaving) event.preventDefault();
    });
    return;
  }

  const before = read(key);
  if (before && before.owner === owner() && !same(before.fields, fieldsOf(form))) {
    putBack(form, before.fields);
    say(place.dataset.back);
    said.scrollIntoView({ block: "center" });
  }
};

export const autosave = () => {
  let forms = "[data-typed]";
  try {
    tidyUp();
  } catch {
    forms = "[data-typed][data-unkept]"; // No storage on this device: others work by their buttons.
  }
  document.querySelectorAll(forms).forEach(watch);
};
