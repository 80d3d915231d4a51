// Files are sent one after the other, each with how far it is.  One that breaks off is sent again,
// first by itself, then by a button; what arrived is kept.  Without this the form sends them all.
const TRIES = 3;
const MB = 1024 * 1024;

const made = (name, parent, words = "", kind = "") => {
  const element = document.createElement(name);
  element.textContent = words;
  if (kind) element.className = kind;
  parent.append(element);
  return element;
};

const sendOnce = (form, file, alone, bar, looking) =>
  new Promise((resolve, reject) => {
    const data = new FormData(form);
    data.delete("files");
    if (!alone) data.delete("title");
    data.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.max = total;
      bar.value = loaded;
      if (loaded === total) looking();
    });
    request.addEventListener("load", () => resolve(request));
    for (const broken of ["error", "abort", "timeout"]) request.addEventListener(broken, reject);
    request.send(data);
  });

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const sendOne = async (form, file, alone, bar, looking) => {
  for (let tried = 1; ; tried += 1) {
    try {
      const request = await sendOnce(form, file, alone, bar, looking);
      if (request.status < 500 || tried === TRIES) return request;
    } catch (broken) {
      if (tried === TRIES) throw broken;
    }
    await later(1000 * 3 ** (tried - 1));
  }
};

const parsed = (request) => {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
};

// "taken", "turned" away, "refused" for what stands in the form or who sends it, or "broken" off.
const showAnswer = (state, request, words) => {
  const said = parsed(request);
  if (!said) {
    const tooBig = request.status === 413;
    const broken = request.status >= 500;
    state.textContent = tooBig ? words.tooBig : broken ? words.broken : words.signedOut;
    return tooBig ? "turned" : broken ? "broken" : "refused";
  }
  const [taken] = said.taken;
  const [turned] = said.turned;
  state.textContent = taken ? `${words.taken}: ` : turned ? `${turned.why} ` : said.errors.join(" ");
  const there = taken || turned;
  if (there && there.address) made("a", state, there.title, "govuk-link").href = there.address;
  return taken ? "taken" : turned ? "turned" : "refused";
};

const upload = async (place, form, file, alone) => {
  const words = place.dataset;
  const line = made("div", place.querySelector("[data-upload-said]"), "", "app-upload");
  made("strong", line, file.name);
  const bar = made("progress", line);
  bar.setAttribute("aria-label", `${words.sending} ${file.name}`);
  const state = made("p", line, words.sending, "govuk-body");
  let ended = "turned";
  if (file.size > Number(words.most) * MB) {
    state.textContent = words.tooBig;
  } else {
    try {
      const looking = () => (state.textContent = words.looking);
      ended = showAnswer(state, await sendOne(form, file, alone, bar, looking), words);
    } catch {
      state.textContent = words.broken;
      ended = "broken";
    }
  }
  bar.remove();
  line.dataset.ended = ended;
  if (ended !== "broken") return ended;
  const again = made("button", line, words.again, "govuk-button govuk-button--secondary");
  again.type = "button";
  again.addEventListener("click", () => {
    line.remove();
    upload(place, form, file, alone);
  });
  return ended;
};

// What was refused for the form's sake is refused for every file: the others stay chosen.
const sendAll = async (place, form, files) => {
  for (const file of files) {
    if ((await upload(place, form, file, files.length === 1)) === "refused") return;
  }
  form.elements.files.value = "";
  const onward = made("p", place.querySelector("[data-upload-said]"), "", "govuk-body app-upload");
  made("a", onward, place.dataset.done, "govuk-link").href = place.dataset.onward;
};

const take = (place) => {
  const form = place.querySelector("form");
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    const files = [...form.elements.files.files];
    if (!files.length) return;
    event.preventDefault();
    button.disabled = true;
    for (const old of place.querySelectorAll(".app-upload:not([data-ended=taken])")) old.remove();
    await sendAll(place, form, files);
    button.disabled = false;
  });
};

document.querySelectorAll("[data-upload]").forEach(take);
