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

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[ErrorSummary, SkipLink, Button, CharacterCount, NotificationBanner, PasswordInput].forEach(
  (component) => createAll(component),
);
