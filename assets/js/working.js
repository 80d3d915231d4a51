// Every errand works without this; with it, a few things are kinder.
import {
  Button,
  CharacterCount,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
} from "govuk-frontend";
import { autosave } from "./working/autosave.js";
import { keys } from "./working/keys.js";
import "./working/upload.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[ErrorSummary, SkipLink, Button, CharacterCount, NotificationBanner, PasswordInput].forEach(
  (component) => createAll(component),
);

autosave();
keys();

// Passkeys: the one errand that needs scripts; each page of them offers another way.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const listed = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

const asked = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
  ...(options.excludeCredentials && { excludeCredentials: listed(options.excludeCredentials) }),
  ...(options.allowCredentials && { allowCredentials: listed(options.allowCredentials) }),
});

const answered = ({ id, rawId, type, response }) => {
  const told = { clientDataJSON: words(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) told[name] = words(response[name]);
  }
  if (response.getTransports) told.transports = response.getTransports();
  return JSON.stringify({ id, rawId: words(rawId), type, response: told });
};

const usePasskey = (place) => {
  const form = place.querySelector("form");
  const failed = place.querySelector("[data-passkey-failed]");
  place.hidden = false;
  form.addEventListener("submit", async (event) => {
    const { name, credential } = form.elements;
    if (credential.value || (name && !name.value.trim())) return;
    event.preventDefault();
    try {
      const publicKey = asked(JSON.parse(place.dataset.options));
      credential.value = answered(await navigator.credentials[place.dataset.passkey]({ publicKey }));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
};

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(usePasskey);
