// Tells the service that counts visits of this one, unless the reader asked not to be tracked, or the page is a copy at another place.
{
  const { service, address, site, origin } = document.currentScript.dataset;
  const asksNotTo = navigator.globalPrivacyControl || navigator.doNotTrack === "1";
  const url = location.href.split("#")[0];
  const { referrer, title } = document;

  const bodies = {
    plausible: () => ({ name: "pageview", url, referrer, domain: site }),
    umami: () => ({
      type: "event",
      payload: { website: site, hostname: location.hostname, url: url.slice(origin.length), referrer, title, language: navigator.language },
    }),
  };

  const tell = () => {
    if (service === "goatcounter") {
      navigator.sendBeacon(`${address}?${new URLSearchParams({ p: location.pathname, r: referrer, t: title })}`);
      return;
    }
    const headers = { "Content-Type": service === "umami" ? "application/json" : "text/plain" };
    const options = { method: "POST", headers, body: JSON.stringify(bodies[service]()), keepalive: true, credentials: "omit" };
    fetch(address, options).catch(() => {});
  };

  if (!asksNotTo && location.origin === origin) {
    if (document.prerendering) document.addEventListener("prerenderingchange", tell, { once: true });
    else tell();
  }
}
