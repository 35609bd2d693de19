// Makes the buttons work that share a page without any service: by the clipboard, and by the device's own list.
{
  const address = () => document.querySelector('[rel="canonical"]')?.href || location.href;
  const ways = {
    copy: navigator.clipboard && (() => navigator.clipboard.writeText(address())),
    device: navigator.share && (() => navigator.share({ title: document.title, url: address() })),
  };
  const prepare = (button) => {
    const share = ways[button.dataset.share];
    const { textContent } = button;
    button.hidden = !share;
    button.ariaLive = "polite";
    button.addEventListener("click", async () => {
      try {
        await share();
      } catch {
        return;
      }
      button.textContent = button.dataset.done || textContent;
      setTimeout(() => (button.textContent = textContent), 2000);
    });
  };
  const start = () => document.querySelectorAll("[data-share]").forEach(prepare);
  start();
  addEventListener("unsealed", start);
}
