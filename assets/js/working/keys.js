// Ctrl and Enter presses a form's button to go on; with Shift, the one to go back.  Single letters
// would take a screen reader's own keys away.
export const keys = () => {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const button = document.querySelector(`[data-key=${event.shiftKey ? "back" : "on"}]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
};
