// The copy button of an example copies its commands alone: without the prompt and without what they print.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clipboard-target]");
  const code = button && document.querySelector(button.dataset.clipboardTarget);
  if (!code || !code.closest(".language-console")) return;
  const commands = code.innerText.split("\n").filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
  button.dataset.clipboardText = commands.join("\n");
}, true);
